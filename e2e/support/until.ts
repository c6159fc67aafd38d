import { setTimeout as sleep } from 'node:timers/promises'

/** Asks again every 50 ms until the answer is not `undefined`; fails after `withinMs`, saying what was waited for. */
export async function until<T>(
  what: string,
  ask: () => Promise<T | undefined>,
  withinMs = 30_000,
): Promise<T> {
  const deadlineMs = performance.now() + withinMs
  let lastError: unknown
  while (performance.now() < deadlineMs) {
    try {
      const answer = await ask()
      if (answer !== undefined) return answer
    } catch (error) {
      lastError = error
    }
    await sleep(50)
  }
  throw new Error(`waited ${withinMs} ms for ${what}`, { cause: lastError })
}
