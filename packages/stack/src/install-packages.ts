import { spawnSync } from 'node:child_process'

import { readStackEnv } from './env.ts'
import { findOnPath } from './find-program.ts'

/**
 * Installs Debian packages when we are root or sudo asks no password; true when it worked, false when we may not or
 * apt-get failed. Says what it does, for it can take minutes. Safe to repeat.
 */
export function installDebianPackages(
  packages: string[],
  searchPath: string,
  say: (line: string) => void,
): boolean {
  const prefix = findAptGet(searchPath)
  if (prefix === undefined) return false
  say(`installing ${packages.join(', ')} with apt-get (once)`)
  if (runAptGet(prefix, ['install', '-q', '-y', '--no-install-recommends', ...packages], say)) return true
  // A fresh machine has no package lists yet.
  say('fetching the package lists')
  return (
    runAptGet(prefix, ['update', '-q'], say) &&
    runAptGet(prefix, ['install', '-q', '-y', '--no-install-recommends', ...packages], say)
  )
}

function findAptGet(searchPath: string): string[] | undefined {
  const aptGet = findOnPath(['apt-get'], searchPath)
  if (aptGet === undefined) return undefined
  if (process.getuid?.() === 0) return [aptGet]
  const sudo = findOnPath(['sudo'], searchPath)
  if (sudo === undefined || spawnSync(sudo, ['-n', 'true'], { stdio: 'ignore' }).status !== 0)
    return undefined
  return [sudo, '-n', 'DEBIAN_FRONTEND=noninteractive', aptGet]
}

/** What apt-get prints is shown as it comes, because a browser takes it a minute; what went wrong is said in one line. */
function runAptGet(prefix: string[], args: string[], say: (line: string) => void): boolean {
  const [program = '', ...before] = prefix
  const ran = spawnSync(program, [...before, ...args], {
    stdio: ['ignore', 'inherit', 'pipe'],
    encoding: 'utf8',
    timeout: 600_000,
    env: { ...readStackEnv().all, DEBIAN_FRONTEND: 'noninteractive' },
  })
  if (ran.status === 0) return true
  say(`apt-get ${args[0]} failed: ${ran.stderr.trim().split('\n').slice(-2).join(' ')}`)
  return false
}
