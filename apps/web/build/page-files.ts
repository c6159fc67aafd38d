import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The part of Vite's manifest that is needed: https://vite.dev/guide/backend-integration */
type Chunk = { file: string; css?: string[]; imports?: string[]; dynamicImports?: string[] }
export type Manifest = Record<string, Chunk>

export function readManifest(dist: string, name: 'pages' | 'line'): Manifest {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by Vite a moment ago
  return JSON.parse(readFileSync(join(dist, '.vite', `${name}.json`), 'utf8')) as Manifest
}

/**
 * The files that come with these modules: scripts, what they import at once, style sheets. With `andLater` those too that
 * are imported when needed.
 */
export function filesOf(manifest: Manifest, sources: readonly string[], andLater = false): string[] {
  const seen = new Set<string>()
  const files = new Set<string>()
  const visit = (source: string): void => {
    const chunk = manifest[source]
    if (chunk === undefined) throw new Error(`the build has no ${source}`)
    if (seen.has(source)) return
    seen.add(source)
    for (const file of [chunk.file, ...(chunk.css ?? [])]) files.add(file)
    for (const next of [...(chunk.imports ?? []), ...(andLater ? (chunk.dynamicImports ?? []) : [])])
      visit(next)
  }
  for (const source of sources) visit(source)
  return [...files]
}
