import { type AppName, appCommands, startApp } from '../start-app.ts'
import type { Child, ChildExit } from '../spawn-child.ts'
import { waitUntilReady } from '../wait-until-ready.ts'
import { keepLogs } from './keep-logs.ts'

export type TestProcess = {
  pid: () => number
  /** all it has written so far, over all its lives */
  logs: () => string[]
  /** ends it at once, as a crash would; resolves when it is gone */
  kill: (signal?: NodeJS.Signals) => Promise<void>
  /** ends it in good order; says how it ended, `undefined` when it was never started */
  stop: () => Promise<ChildExit | undefined>
  /** starts it again after kill or stop, on the same port, and waits until it is ready */
  start: () => Promise<void>
}

const readyTimeoutMs = 60_000

/** One api, gateway or worker in a test's hands; not started yet. With `readyUrl`, `start` waits until that answers 2xx. */
export function makeTestProcess(
  name: AppName,
  env: NodeJS.ProcessEnv,
  readyUrl: string | undefined,
): TestProcess {
  let child: Child | undefined
  const logs: string[] = []
  const running = (): Child => {
    if (child === undefined) throw new Error(`${name} was never started`)
    return child
  }
  const keep = keepLogs(name)
  return {
    pid: () => running().pid,
    logs: () => [...logs],
    kill: async (signal = 'SIGKILL') => {
      running().kill(signal)
      await running().exited
    },
    stop: async () => {
      await child?.stop()
      return await child?.exited
    },
    start: async () => {
      const started = await startApp(appCommands[name], env, (line) => {
        logs.push(line)
        keep(line)
      })
      child = started
      let ended = false
      void started.exited.then(() => {
        ended = true
      })
      const whyHopeless = (): string | undefined =>
        ended ? `${name} ended at start:\n${started.lastLines().join('\n')}` : undefined
      if (readyUrl !== undefined) await waitUntilReady(readyUrl, { timeoutMs: readyTimeoutMs, whyHopeless })
    },
  }
}
