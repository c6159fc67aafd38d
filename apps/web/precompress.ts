import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, gzip } from 'node:zlib'
import type { Plugin } from 'vite'

const texts = /\.(js|css|html|svg)$/
/** Below this a compressed twin saves less than its headers cost. */
const minBytes = 1_024

/** Writes a `.br` and a `.gz` beside each text of the build: compressed once here, not for each fan there. */
export function precompress(): Plugin {
  return {
    name: 'precompress',
    apply: 'build',
    async writeBundle({ dir }) {
      if (dir === undefined) return
      const files = await readdir(dir, { recursive: true })
      await Promise.all(files.filter((file) => texts.test(file)).map((file) => writeTwins(join(dir, file))))
    },
  }
}

async function writeTwins(path: string): Promise<void> {
  const text = await readFile(path)
  if (text.length < minBytes) return
  const [brotli, zipped] = await Promise.all([promisify(brotliCompress)(text), promisify(gzip)(text)])
  await Promise.all([writeFile(`${path}.br`, brotli), writeFile(`${path}.gz`, zipped)])
}
