import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'

/** The repository this package lies in. */
export const repositoryRoot = join(import.meta.dirname, '..', '..', '..')

/** The programs of the repository that other processes start. */
export const entryFiles = {
  migrate: join(repositoryRoot, 'packages/core/src/migrations/main.ts'),
  seed: join(repositoryRoot, 'packages/core/src/seeding/main.ts'),
  api: join(repositoryRoot, 'apps/api/src/main.ts'),
  gateway: join(repositoryRoot, 'apps/gateway/src/main.ts'),
  worker: join(repositoryRoot, 'apps/worker/src/main.ts'),
}

/** One hash over the names and contents of files and folders; missing ones count as empty. */
export function hashContents(paths: string[]): string {
  const hash = createHash('sha256')
  for (const file of paths.flatMap(listFiles)) {
    hash
      .update(`${relative(repositoryRoot, file)}\0`)
      .update(readFileSync(file))
      .update('\0')
  }
  return hash.digest('hex')
}

/** Made by building, by tools beside it, or for people: never an input. */
const unhashed = new Set([
  'node_modules',
  'dist',
  '.turbo',
  'paraglide',
  'cache',
  '.lix',
  '.meta.json',
  '.gitignore',
  'README.md',
])

function listFiles(path: string): string[] {
  if (!existsSync(path)) return []
  if (!statSync(path).isDirectory()) return [path]
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => !unhashed.has(entry.name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => listFiles(join(path, entry.name)))
}
