import type { WireError } from '@greenroom/contract'
import { greenroomError, retryHintMs } from './greenroom-error.ts'
import { backOffMs, type Random } from './jitter.ts'
import type { LiveSettings } from './live-settings.ts'
import { createPause } from './pause.ts'

export type Asking = {
  /** Asks again at the latest in so many ms. While a question is under way its own answer decides instead. */
  soon: (delayMs: number) => void
  /** Asks again at once, even in the middle of a back-off: there is a sign of life. */
  now: () => void
  stop: () => void
}

/**
 * Asks until stopped, one question at a time. `ask` answers with the wait until the next one. A failure that may pass
 * is retried under back-off with full jitter, no sooner than the server's hint; a refusal that would only be repeated
 * ends it.
 */
export function keepAsking(
  deps: { settings: LiveSettings; random: Random },
  task: {
    ask: () => Promise<number>
    onTrouble: () => void
    onRefused: (refusal: WireError) => void
  },
): Asking {
  const { settings, random } = deps
  const limits = { baseMs: settings.retryBaseMs, capMs: settings.retryCapMs }
  const pause = createPause()
  let isStopped = false
  let isAsking = false
  let failures = 0
  let dueAtMs = 0

  const askOnce = async (): Promise<void> => {
    isAsking = true
    try {
      const waitMs = await task.ask()
      failures = 0
      dueAtMs = performance.now() + waitMs
    } catch (error) {
      recover(error)
    } finally {
      isAsking = false
    }
  }
  const recover = (error: unknown): void => {
    if (isStopped) return
    const hintMs = retryHintMs(error)
    const refusal = greenroomError(error)
    if (hintMs === undefined && refusal !== undefined) {
      isStopped = true
      task.onRefused(refusal)
      return
    }
    dueAtMs = performance.now() + backOffMs(random, failures, limits, hintMs)
    failures += 1
    task.onTrouble()
  }
  const run = async (): Promise<void> => {
    while (!isStopped) {
      const waitMs = dueAtMs - performance.now()
      if (waitMs > 0) await pause.wait(Math.min(waitMs, maxTimerMs))
      else await askOnce()
    }
  }
  void run()

  return {
    soon: (delayMs) => {
      if (isAsking || failures > 0) return
      dueAtMs = Math.min(dueAtMs, performance.now() + delayMs)
      pause.wake()
    },
    now: () => {
      failures = 0
      if (isAsking) return
      dueAtMs = 0
      pause.wake()
    },
    stop: () => {
      isStopped = true
      pause.wake()
    },
  }
}

/** Timers hold 31 bits. */
const maxTimerMs = 2 ** 31 - 1
