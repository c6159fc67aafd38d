import { readFileSync, realpathSync } from 'node:fs'

import { endProcess, identifyProcess, isErrno } from './process-identity.ts'

/**
 * Ends the server that outlived its launcher on a folder of ours: the pid its pid file names, and only if that
 * process works in that folder (a later process that got the pid works elsewhere). Safe to repeat.
 */
export async function stopLeftover(server: {
  pidFile: string
  folder: string
  signal: NodeJS.Signals
  graceMs: number
}): Promise<void> {
  const pid = readPidFile(server.pidFile)
  const identity = pid === undefined ? undefined : identifyProcess(pid)
  if (identity === undefined || !worksIn(identity.pid, server.folder)) return
  await endProcess(identity, server.signal, server.graceMs)
}

/** The pid on the first line of a pid file; undefined when there is none. */
export function readPidFile(file: string): number | undefined {
  try {
    const pid = Number.parseInt(readFileSync(file, 'utf8'), 10)
    return Number.isNaN(pid) ? undefined : pid
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return undefined
    throw error
  }
}

function worksIn(pid: number, folder: string): boolean {
  // Elsewhere than on Linux there is no such look-up; the pid file in our own folder is all there is.
  if (process.platform !== 'linux') return true
  try {
    return realpathSync(`/proc/${pid}/cwd`) === realpathSync(folder)
  } catch (error) {
    if (isErrno(error, 'ENOENT') || isErrno(error, 'EACCES')) return false
    throw error
  }
}
