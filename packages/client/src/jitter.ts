/** A number in [0, 1). Passed in so that a test can say which. */
export type Random = () => number

/** Somewhere between the two, so that a crowd does not ask at the same moment. */
export function jitterBetween(random: Random, lowMs: number, highMs: number): number {
  return lowMs + random() * (highMs - lowMs)
}

/**
 * Wait before try number `failures` + 1: exponential with full jitter, so that a crowd that failed together does not
 * come back together. Never below `floorMs`, which a server's retry hint sets.
 */
export function backOffMs(
  random: Random,
  failures: number,
  limits: { baseMs: number; capMs: number },
  floorMs = 0,
): number {
  const ceilingMs = Math.min(limits.capMs, limits.baseMs * 2 ** Math.min(failures, 16))
  return floorMs + random() * ceilingMs
}
