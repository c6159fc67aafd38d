import { type Child, spawnChild } from '../spawn-child.ts'

export type NodeRun = Child & {
  /** all lines it has written so far */
  lines: string[]
  /** those of stdout alone, where "the last line" means something */
  printed: string[]
  /** resolves with the first line that matches; rejects when the process ends without one */
  line: (pattern: RegExp) => Promise<string>
}

/** Runs a TypeScript file on this Node, with its output at hand. */
export async function spawnNode(args: string[], env: NodeJS.ProcessEnv = process.env): Promise<NodeRun> {
  const lines: string[] = []
  const printed: string[] = []
  const waiting = new Set<() => void>()
  const child = await spawnChild({
    command: process.execPath,
    args,
    cwd: '/',
    env,
    stopSignal: 'SIGTERM',
    stopTimeoutMs: 20_000,
    onLine: (line, stream) => {
      lines.push(line)
      if (stream === 'stdout') printed.push(line)
      for (const look of waiting) look()
    },
  })
  const line = async (pattern: RegExp): Promise<string> =>
    await new Promise((resolve, reject) => {
      const look = (): void => {
        const found = lines.find((each) => pattern.test(each))
        if (found === undefined) return
        waiting.delete(look)
        resolve(found)
      }
      waiting.add(look)
      look()
      void child.exited.then(() => reject(new Error(`it ended without ${pattern}:\n${lines.join('\n')}`)))
    })
  return { ...child, lines, printed, line }
}
