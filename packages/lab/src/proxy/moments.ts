/**
 * A moment in a conversation with a server at which something is to happen, once: when a statement or command is sent
 * (it does not get there), or when its answer is there (it took effect, and nobody hears of it).
 */
export type Moment = { name: string; at: 'sent' | 'answered' }

export type Trap = {
  moment: Moment
  /** Done at that moment; the connection is reset right after. */
  act: () => void
}

/** What a tap answers with once a trap is met: nothing goes on, and the connection is cut. */
export function spring(trap: Trap, cut: () => void): null {
  trap.act()
  cut()
  return null
}

/** The traps set on the connections of one process to one server, and what has been seen pass there. */
export type Moments = {
  /** Whether the trap was sprung; `false` when `withinMs` pass first. */
  spring: (trap: Trap, withinMs: number) => Promise<boolean>
  /** For the proxy: takes the trap for this name off, if one is set. */
  take: (name: string) => Trap | undefined
  /** Names that passed since the start, with how often. */
  seen: ReadonlyMap<string, number>
}

export function createMoments(): Moments {
  const traps = new Set<Trap>()
  const seen = new Map<string, number>()
  return {
    spring: async (trap, withinMs) => {
      const { promise, resolve } = Promise.withResolvers<boolean>()
      const armed: Trap = {
        moment: trap.moment,
        act: () => {
          trap.act()
          resolve(true)
        },
      }
      traps.add(armed)
      const timer = setTimeout(() => resolve(false), withinMs)
      try {
        return await promise
      } finally {
        clearTimeout(timer)
        traps.delete(armed)
      }
    },
    take: (name) => {
      seen.set(name, (seen.get(name) ?? 0) + 1)
      for (const trap of traps) {
        if (trap.moment.name !== name) continue
        traps.delete(trap)
        return trap
      }
      return undefined
    },
    seen,
  }
}
