/** Runs changes of one thing one after the other, whatever became of the one before. */
export function createTurns(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve()
  return async (work) => {
    const done = last.then(work, work)
    last = done
    return await done
  }
}
