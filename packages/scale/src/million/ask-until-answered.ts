import { setTimeout as sleep } from 'node:timers/promises'
import { isRefusal } from '@greenroom/contract'

/** Redis and Postgres come back within seconds, and calls that are not answered in time are repeated by whoever made them. */
const maxTries = 30

/**
 * Repeats a call that is safe to repeat while the answer is that there was none: on a machine that is busy with other things even a
 * Redis may need more than the two seconds a command has. Any other failure is the answer.
 */
export async function askUntilAnswered<T>(call: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await call()
    } catch (error) {
      if (!isOutage(error) || tries === maxTries) throw error
      await sleep(200 + Math.random() * 800)
    }
  }
}

function isOutage(error: unknown): boolean {
  return isRefusal(error) && ['UNAVAILABLE', 'OVERLOADED', 'LINE_REBUILDING'].includes(error.code)
}
