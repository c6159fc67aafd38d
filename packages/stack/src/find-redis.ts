import { findOnPath } from './find-program.ts'
import { installDebianPackages } from './install-packages.ts'

const programs = ['valkey-server', 'redis-server']

/**
 * The Redis (or Valkey) server program: from PATH, else installed from Debian when we may.
 * Throws an error that names the command to run when we may not.
 */
export function findRedisServer(searchPath: string, say: (line: string) => void): string {
  const present = findOnPath(programs, searchPath)
  if (present !== undefined) return present
  const installed = installDebianPackages(['redis-server'], searchPath, say)
    ? findOnPath(programs, searchPath)
    : undefined
  if (installed !== undefined) return installed
  throw new Error(
    'Redis is missing: run `sudo apt-get install -y redis-server` (or put redis-server or valkey-server on PATH), or set REDIS_URL to a Redis of yours',
  )
}
