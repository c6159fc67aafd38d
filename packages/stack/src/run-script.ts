import { describeExit, spawnChild } from './spawn-child.ts'
import { repositoryRoot } from './repository.ts'

/**
 * Runs one of the repository's TypeScript programs to its end, on this same Node.
 * Throws with its last lines when it fails.
 */
export async function runScript(script: {
  file: string
  args?: string[]
  env: NodeJS.ProcessEnv
  onLine: (line: string) => void
}): Promise<void> {
  const child = await spawnChild({
    command: process.execPath,
    args: [script.file, ...(script.args ?? [])],
    cwd: repositoryRoot,
    env: script.env,
    stopSignal: 'SIGTERM',
    stopTimeoutMs: 5_000,
    onLine: script.onLine,
  })
  const exit = await child.exited
  if (exit.code !== 0)
    throw new Error(`${script.file} ${describeExit(exit)}:\n${child.lastLines().join('\n')}`)
}
