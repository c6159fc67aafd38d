import { type Child, spawnChild } from '../spawn-child.ts'

/** A shell that runs `script` as a child of ours. */
export function spawnShell(script: string, stopTimeoutMs = 1_000): Promise<Child> {
  return spawnChild({
    command: '/bin/sh',
    args: ['-c', script],
    cwd: '/',
    env: { PATH: '/usr/bin:/bin' },
    stopSignal: 'SIGTERM',
    stopTimeoutMs,
    onLine: () => undefined,
  })
}
