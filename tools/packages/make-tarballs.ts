// `pnpm tarballs <folder>`: builds the packages that others install and packs each of them, as publishing would, into
// the folder (default: dist). Prints the files.
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '../..')
const folder = resolve(process.argv[2] ?? join(root, 'dist'))
const names = ['contract', 'oracles', 'core', 'router', 'client']
const filters = names.map((name) => `--filter=@greenroom/${name}`)
const pnpm = ['--yes', readPackageManager(), '--silent']

// what a check has built before is taken from turbo's cache
run('npx', [...pnpm, 'exec', 'turbo', 'run', 'build', ...filters])
mkdirSync(folder, { recursive: true })
// pnpm puts versions where `workspace:` and `catalog:` stand, and what others see where `publishConfig` says it
run('npx', [...pnpm, ...filters, 'pack', '--pack-destination', folder])

function run(command: string, args: string[]): void {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] })
  if (error !== undefined) throw error
  if (status !== 0) process.exit(status ?? 1)
}

function readPackageManager(): string {
  const manifest: unknown = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  return String(Reflect.get(Object(manifest), 'packageManager'))
}
