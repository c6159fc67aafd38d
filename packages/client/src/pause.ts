/** The waiting half of a loop: `wait` ends after its time or at the next `wake`, whichever is first. */
export type Pause = {
  /** Ends at once when `wake` was called since the last wait ended. */
  wait: (ms: number) => Promise<void>
  wake: () => void
}

/** One waiter at a time. */
export function createPause(): Pause {
  let isAwake = false
  let endWait: (() => void) | undefined
  return {
    wait: async (ms) => {
      if (!isAwake) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, ms)
          endWait = () => {
            clearTimeout(timer)
            resolve()
          }
        })
      }
      isAwake = false
      endWait = undefined
    },
    wake: () => {
      isAwake = true
      endWait?.()
    },
  }
}
