import { setTimeout as sleep } from 'node:timers/promises'

const askEveryMs = 20

/** Asks again and again until the answer is yes; how long that took. Throws after `withinMs`, telling what did not come. */
export async function timeUntil(
  what: string,
  ask: () => Promise<boolean> | boolean,
  withinMs = 120_000,
): Promise<number> {
  const beganMs = performance.now()
  let lastError: unknown
  while (performance.now() - beganMs < withinMs) {
    try {
      if (await ask()) return Math.round(performance.now() - beganMs)
    } catch (error) {
      lastError = error
    }
    await sleep(askEveryMs)
  }
  throw new Error(`waited ${withinMs / 1_000} s for ${what}`, { cause: lastError })
}
