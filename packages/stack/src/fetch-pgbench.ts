import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

import { readStackEnv } from './env.ts'
import { postgresLibraries } from './postgres-binaries.ts'
import { repositoryRoot } from './repository.ts'

const folder = join(repositoryRoot, 'node_modules', '.cache', 'pgbench')

/**
 * A `pgbench` program out of Debian's PostgreSQL package, which is downloaded (17 MB, once a clone) and unpacked but not
 * installed: installing it would also start a Postgres of its own. It runs on the libraries of the embedded Postgres.
 * `undefined` where there is no Debian or no network.
 */
export function fetchPgbench(say: (line: string) => void): string | undefined {
  const program = join(folder, 'pgbench')
  if (existsSync(program)) return program
  const name = findPackage() ?? (updateLists() ? findPackage() : undefined)
  if (name === undefined) return undefined
  say(`fetching pgbench out of Debian's ${name} (once)`)
  mkdirSync(dirname(folder), { recursive: true })
  const unfinished = mkdtempSync(`${folder}.`)
  try {
    return unpack(name, unfinished) ? program : undefined
  } finally {
    rmSync(unfinished, { recursive: true, force: true })
  }
}

function unpack(name: string, unfinished: string): boolean {
  if (run('apt-get', ['download', name], unfinished) === undefined) return false
  const [file] = readdirSync(unfinished).filter((each) => each.endsWith('.deb'))
  if (file === undefined || run('dpkg', ['-x', file, unfinished], unfinished) === undefined) return false
  const version = name.replace('postgresql-', '')
  const inside = join('usr', 'lib', 'postgresql', version, 'bin', 'pgbench')
  if (!existsSync(join(unfinished, inside))) return false
  const starter = `#!/bin/sh\nLD_LIBRARY_PATH='${postgresLibraries()}' exec '${join(folder, 'pgbench.bin')}' "$@"\n`
  const ready = mkdtempSync(`${folder}.`)
  renameSync(join(unfinished, inside), join(ready, 'pgbench.bin'))
  writeFileSync(join(ready, 'pgbench'), starter, { mode: 0o755 })
  rmSync(folder, { recursive: true, force: true })
  renameSync(ready, folder)
  return true
}

/** The newest `postgresql-<version>` that the package lists know. */
function findPackage(): string | undefined {
  const found = run('apt-cache', ['search', '--names-only', '^postgresql-[0-9]+$'], '/')
  const versions = [...(found ?? '').matchAll(/^postgresql-(\d+) /gm)].map(([, version]) => Number(version))
  return versions.length === 0 ? undefined : `postgresql-${Math.max(...versions)}`
}

/** A fresh machine has no package lists yet; only root may fetch them. */
const updateLists = (): boolean =>
  process.getuid?.() === 0 && run('apt-get', ['update', '-q'], '/') !== undefined

/** What the program printed, `undefined` when it is missing or failed. */
function run(program: string, args: string[], cwd: string): string | undefined {
  const ran = spawnSync(program, args, { cwd, encoding: 'utf8', timeout: 120_000, env: readStackEnv().all })
  return ran.status === 0 ? ran.stdout : undefined
}
