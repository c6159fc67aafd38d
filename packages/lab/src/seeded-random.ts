/** Draws that are the same for the same seed. */
export type Random = {
  /** From 0 up to but not 1. */
  next: () => number
  /** A whole number from `min` to `max`, both possible. */
  between: (min: number, max: number) => number
  /** True in this share of draws. */
  chance: (share: number) => boolean
  /** One of them; throws when there is none. */
  pick: <T>(items: readonly T[]) => T
  /** An independent stream for one part, so that what one part draws moves no other. */
  fork: (name: string) => Random
}

/** Mulberry32 over a hashed seed: 32 bits of state, plenty for choosing faults. */
export function createRandom(seed: string | number): Random {
  let state = hashText(String(seed))
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  return {
    next,
    between: (min, max) => min + Math.floor(next() * (max - min + 1)),
    chance: (share) => next() < share,
    pick: (items) => {
      const item = items[Math.floor(next() * items.length)]
      if (item === undefined) throw new Error('nothing to pick from')
      return item
    },
    fork: (name) => createRandom(`${seed}/${name}`),
  }
}

/** FNV-1a. */
function hashText(text: string): number {
  let hash = 0x811c9dc5
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193)
  return hash >>> 0
}
