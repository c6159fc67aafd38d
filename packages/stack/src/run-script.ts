import { repositoryRoot } from './repository.ts'
import { describeExit, spawnChild } from './spawn-child.ts'

/**
 * Runs one of the repository's TypeScript programs to its end, on this same Node.
 * Throws one sentence when it fails: which, how, and the error it died of; `onLine` has had the rest.
 */
export async function runScript(script: {
  /** what it does, for people: "migrating the database" */
  name: string
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
  if (exit.code === 0) return
  const reason =
    child.lastLines().find((line) => /^\w*Error\b.*:/.test(line.trim())) ?? child.lastLines().at(-1)
  throw new Error(`${script.name} failed (it ${describeExit(exit)}): ${reason?.trim() ?? 'it said nothing'}`)
}
