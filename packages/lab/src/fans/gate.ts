/** Where fans stand still while everything is checked. */
export type Gate = {
  /** Resolves at once while it is open. */
  pass: () => Promise<void>
  isOpen: () => boolean
  open: () => void
  /** Resolves when everybody who was counted in stands at the gate; rejects after `withinMs`, telling how many do not. */
  closeAndWait: (withinMs: number) => Promise<void>
  /** One more who will come to the gate again and again. */
  enrol: () => void
}

export function createGate(): Gate {
  let opening = Promise.withResolvers<undefined>()
  let isOpen = false
  let enrolled = 0
  let standing = 0
  let allStand: (() => void) | undefined
  return {
    pass: async () => {
      if (isOpen) return
      standing += 1
      if (standing === enrolled) allStand?.()
      await opening.promise
      standing -= 1
    },
    isOpen: () => isOpen,
    open: () => {
      isOpen = true
      opening.resolve(undefined)
    },
    closeAndWait: async (withinMs) => {
      isOpen = false
      opening = Promise.withResolvers<undefined>()
      const { promise, resolve, reject } = Promise.withResolvers<undefined>()
      if (standing === enrolled) return
      allStand = () => resolve(undefined)
      const timer = setTimeout(
        () => reject(new Error(`${enrolled - standing} of ${enrolled} fans are still under way`)),
        withinMs,
      )
      try {
        await promise
      } finally {
        clearTimeout(timer)
        allStand = undefined
      }
    },
    enrol: () => {
      enrolled += 1
    },
  }
}
