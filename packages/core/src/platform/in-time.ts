/**
 * What `work` comes to; rejects when that takes longer than `withinMs`. The work itself goes on, and what becomes of it then is
 * nobody's business any more.
 */
export async function inTime<T>(work: Promise<T>, withinMs: number): Promise<T> {
  const { promise: tooLate, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new Error(`no answer within ${withinMs} ms`)), withinMs)
  try {
    return await Promise.race([work, tooLate])
  } finally {
    clearTimeout(timer)
  }
}
