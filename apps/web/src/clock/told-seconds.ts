/** The seconds that are told of a countdown to whoever does not see it: a number each second would drown everything else. */
const thresholds = [10, 30, 60] as const

export type ToldSeconds = (typeof thresholds)[number]

/** What is said stays said so long. Later it would be untrue: for who reads the page, and in a tab that wakes up late. */
const trueForMs = 5_000

/** The threshold that was passed just now; `undefined` in between, and at the end. */
export function toldSecondsOf(leftMs: number): ToldSeconds | undefined {
  return thresholds.find((seconds) => leftMs <= seconds * 1_000 && leftMs > seconds * 1_000 - trueForMs)
}
