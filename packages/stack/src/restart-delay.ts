const firstDelayMs = 250
const longestDelayMs = 10_000

/**
 * How long to wait before the next start after so many deaths in a row (1 = the first): doubles from 250 ms, at
 * most 10 s, so a process that cannot live costs little and one that can is back soon.
 */
export function restartDelayMs(deathsInARow: number): number {
  return Math.min(longestDelayMs, firstDelayMs * 2 ** (Math.max(1, deathsInARow) - 1))
}
