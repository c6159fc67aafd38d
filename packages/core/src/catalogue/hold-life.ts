/** A fan may renew a hold, but not sit on seats: three times its usual life is the end. */
const holdLives = 3

/** The hard maximum life of a hold, however often it is renewed. */
export function holdMaxLifeMsOf(holdTtlMs: number): number {
  return holdLives * holdTtlMs
}
