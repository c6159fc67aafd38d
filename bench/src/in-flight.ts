/** One side of one round: how much was tried and done, in what time. */
export type Sample = {
  attempted: number
  succeeded: number
  elapsedMs: number
  /** Of each call; empty where a program of somebody else made the calls and kept them to itself. */
  latenciesMs: number[]
  /** Why the first of those that failed did. */
  failure?: string | undefined
}

/**
 * Calls `call` for the items in turn, so many at a time, until there are no more or the time is up. A call that rejects
 * is counted and the round goes on: a rate is only worth its success rate.
 */
export async function runInFlight<T>(
  items: readonly T[],
  limits: { atOnce: number; maxMs: number },
  call: (item: T) => Promise<void>,
): Promise<Sample> {
  const sample: Sample = { attempted: 0, succeeded: 0, elapsedMs: 0, latenciesMs: [] }
  const next = items.values()
  const beganMs = performance.now()
  const takeTurns = async (): Promise<void> => {
    for (const item of next) {
      const calledMs = performance.now()
      sample.attempted += 1
      try {
        await call(item)
        sample.succeeded += 1
      } catch (error) {
        sample.failure ??= String(error)
      }
      const endedMs = performance.now()
      sample.latenciesMs.push(endedMs - calledMs)
      if (endedMs - beganMs > limits.maxMs) return
    }
  }
  await Promise.all(Array.from({ length: limits.atOnce }, takeTurns))
  sample.elapsedMs = performance.now() - beganMs
  return sample
}
