import { globSync, readFileSync } from 'node:fs'
import { extname, join, sep } from 'node:path'
import { type Encoding, encodings } from './content-encoding.ts'
import { contentTagOf } from './rest/entity-tag.ts'

/** A file of the web build as it is sent: read once, compressed by the build. */
export type WebFile = {
  type: string
  tag: string
  /** Named by a hash of its content: it can never change. */
  isHashed: boolean
  /** Runs in a thread of its own, by the content policy that comes with it: see the build's `workers`. */
  isWorker: boolean
  bytes: Buffer
  compressed: Partial<Record<Encoding, Buffer>>
}

const types: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
}

const suffixes: Record<Encoding, string> = { br: '.br', gzip: '.gz' }

/**
 * All files below `root` by the path they are served at; none where nothing was built. What a name with a dot in front
 * holds is the build's own.
 */
export function readWebFiles(root: string): Map<string, WebFile> {
  const names = new Set(
    globSync('**/*', { cwd: root, exclude: ['**/.*'] }).filter((name) => extname(name) !== ''),
  )
  const isTwin = (name: string): boolean => /\.(br|gz)$/.test(name)
  return new Map(
    [...names]
      .filter((name) => !isTwin(name))
      .map((name) => {
        const bytes = readFileSync(join(root, name))
        const compressed = Object.fromEntries(
          encodings
            .filter((encoding) => names.has(name + suffixes[encoding]))
            .map((encoding) => [encoding, readFileSync(join(root, name + suffixes[encoding]))]),
        )
        const path = `/${name.split(sep).join('/')}`
        return [
          path,
          {
            type: types[extname(name)] ?? 'application/octet-stream',
            tag: contentTagOf(bytes),
            isHashed: path.startsWith('/assets/'),
            isWorker: path.startsWith('/assets/workers/'),
            bytes,
            compressed,
          },
        ]
      }),
  )
}
