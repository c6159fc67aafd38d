import { setTimeout as sleep } from 'node:timers/promises'
import { retryHintMs } from '@greenroom/client'

/** Long enough for a process to be started again: about a minute altogether. */
const maxTries = 16
const longestPauseMs = 5_000

/**
 * Repeats a call that is safe to repeat until it is answered: no connection, a time-out, an overloaded server. Any
 * other refusal is the answer. Throws the last failure when the tries are used up or `signal` aborts.
 */
export async function keepTrying<T>(
  options: { random: () => number; signal: AbortSignal },
  call: () => Promise<T>,
): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await call()
    } catch (error) {
      const hintMs = retryHintMs(error)
      if (hintMs === undefined || tries >= maxTries || options.signal.aborted) throw error
      await sleep(hintMs + options.random() * Math.min(longestPauseMs, 100 * 2 ** tries))
    }
  }
}
