export type Race<T> = {
  /** In the order of the attempts. */
  winners: { at: number; value: T }[]
  refusals: unknown[]
}

/** Waits for every attempt and sorts what came of them. */
export async function race<T>(attempts: readonly Promise<T>[]): Promise<Race<T>> {
  const results = await Promise.allSettled(attempts)
  return {
    winners: results.flatMap((result, at) =>
      result.status === 'fulfilled' ? [{ at, value: result.value }] : [],
    ),
    refusals: results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : [])),
  }
}
