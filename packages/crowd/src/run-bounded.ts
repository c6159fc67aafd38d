/** Does `work` for every item, so many at a time. Ends with the first failure, as `Promise.all` does. */
export async function runBounded<T>(
  items: readonly T[],
  atOnce: number,
  work: (item: T, index: number) => Promise<void>,
): Promise<void> {
  const next = items.entries()
  const takeNext = async (): Promise<void> => {
    for (const [index, item] of next) await work(item, index)
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, takeNext))
}
