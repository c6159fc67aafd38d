/** The seconds that are told of a countdown to whoever does not see it: a number each second would drown everything else. */
const thresholds = [10, 30, 60] as const

export type ToldSeconds = (typeof thresholds)[number]

/** How many seconds are left at most, at the last threshold that was passed; `undefined` before the first and at the end. */
export function toldSecondsOf(leftMs: number): ToldSeconds | undefined {
  return leftMs <= 0 ? undefined : thresholds.find((seconds) => leftMs <= seconds * 1_000)
}
