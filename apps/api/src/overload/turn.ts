/** One call's part of what is under way, from its arrival to its answer. */
export type Turn = {
  /** All of the call has come, and the work begins. */
  arrived: () => void
  /** Its body has still not come, which is up to whoever sends it. Does nothing when it has. */
  standAside: () => void
  /** The answer is made; whether it is read does not matter any more. */
  end: () => void
}

/** Counts a call once, by `begin` and `end`, while it is worked on. `isCounted`: it was counted as it came. Safe to end twice. */
export function openTurn(counter: { isCounted: boolean; begin: () => void; end: () => void }): Turn {
  let { isCounted } = counter
  let state: 'coming' | 'under way' | 'ended' = 'coming'
  const count = (): void => {
    if (!isCounted) counter.begin()
    isCounted = true
  }
  const release = (): void => {
    if (isCounted) counter.end()
    isCounted = false
  }
  return {
    arrived: () => {
      if (state !== 'coming') return
      state = 'under way'
      count()
    },
    standAside: () => {
      if (state === 'coming') release()
    },
    end: () => {
      if (state === 'ended') return
      state = 'ended'
      release()
    },
  }
}
