import { createRequire, syncBuiltinESMExports } from 'node:module'
import { pauseLabel, type Scheduler } from './scheduler.ts'

/**
 * Puts the run's time and randomness in the place of the thread's own, for every module in it: the product's code reads
 * `performance.now`, sleeps and rolls dice as always, and gets what the seed says. Once per thread, for good; `useScheduler`
 * says whose time it is.
 */
export function installVirtualTime(): { useScheduler: (scheduler: Scheduler) => void } {
  let scheduler: Scheduler | undefined
  const time = (): Scheduler => {
    if (scheduler === undefined) throw new Error('no simulation is running in this thread')
    return scheduler
  }
  const sleep = (ms: number = 0, value?: unknown): Promise<unknown> =>
    new Promise((resolve) => {
      time().post(time().current(), pauseLabel, () => resolve(value), Math.max(ms, minimalMs))
    })
  Object.defineProperty(performance, 'now', { value: () => time().nowMs() })
  Date.now = () => Math.floor(time().nowMs())
  Math.random = () => time().random.next()
  const later = (run: (...args: unknown[]) => void, ms: number = 0, ...args: unknown[]): Timer => {
    const cancel = time().post(time().current(), pauseLabel, () => run(...args), Math.max(ms, minimalMs))
    return { cancel, ref: () => undefined, unref: () => undefined, hasRef: () => true }
  }
  const cancel = (timer: Timer | undefined): void => timer?.cancel()
  Object.assign(globalThis, {
    setTimeout: later,
    clearTimeout: cancel,
    setImmediate: (run: (...args: unknown[]) => void, ...args: unknown[]) => later(run, 0, ...args),
    clearImmediate: cancel,
    setInterval: () => {
      throw new Error('nothing here may tick by itself')
    },
  })
  Object.assign(createRequire(import.meta.url)('node:timers/promises'), {
    setTimeout: sleep,
    setImmediate: sleep,
  })
  syncBuiltinESMExports()
  return {
    useScheduler: (next) => {
      scheduler = next
    },
  }
}

/** As in Node: a timer never ends in the turn that set it. */
const minimalMs = 0.001

type Timer = { cancel: () => void; ref: () => void; unref: () => void; hasRef: () => boolean }
