import { setTimeout as sleep } from 'node:timers/promises'

import { restartDelayMs } from './restart-delay.ts'
import { type Child, describeExit } from './spawn-child.ts'

export type Supervised = {
  /** the process as it is now; the last one while the next is being started */
  child: () => Child
  /** how often it was started again */
  restarts: () => number
  /** deaths since it last lived long enough to count as well */
  deathsInARow: () => number
  /** ends it and starts it no more. Safe to repeat. */
  stop: () => Promise<void>
}

export type SupervisedSpec = {
  name: string
  /** the process as first started */
  first: Child
  startAgain: () => Promise<Child>
  say: (line: string) => void
  /** told after each further start */
  onStart?: () => void
  /** a life this long forgets earlier deaths */
  healthyAfterMs?: number
  /** the wait before a restart; tests shorten it */
  delayMs?: (deathsInARow: number) => number
}

/** Watches over a process and starts it again whenever it ends, waiting longer each time it dies young. */
export function supervise(spec: SupervisedSpec): Supervised {
  const healthyAfterMs = spec.healthyAfterMs ?? 30_000
  const delayMs = spec.delayMs ?? restartDelayMs
  const stopping = new AbortController()
  let child = spec.first
  let restarts = 0
  let deathsInARow = 0

  const bringBack = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      try {
        await sleep(delayMs(deathsInARow), undefined, { signal: stopping.signal })
        child = await spec.startAgain()
        restarts += 1
        spec.onStart?.()
        return
      } catch (error) {
        if (stopping.signal.aborted) return
        deathsInARow += 1
        spec.say(`${spec.name} did not start: ${error instanceof Error ? error.message : String(error)}`)
      }
    }
  }
  const watch = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      const startedMs = performance.now()
      const exit = await child.exited
      if (stopping.signal.aborted) return
      deathsInARow = performance.now() - startedMs >= healthyAfterMs ? 1 : deathsInARow + 1
      spec.say(
        `${spec.name} ${describeExit(exit)}, starting it again in ${delayMs(deathsInARow)} ms. Its last lines:`,
      )
      for (const line of child.lastLines().slice(-5)) spec.say(`  ${line}`)
      await bringBack()
    }
  }
  const watching = watch()
  const stop = async (): Promise<void> => {
    stopping.abort()
    await child.stop()
    await watching
    // A start that was under way when we were asked to stop has made a new one.
    await child.stop()
  }
  return { child: () => child, restarts: () => restarts, deathsInARow: () => deathsInARow, stop }
}
