/** One stream of numbers from one seed: everything random of a run comes from here, so that a seed is a run. */
export type Random = {
  /** In [0, 1). */
  next: () => number
  /** A whole number in 0..below-1. */
  below: (below: number) => number
  chance: (probability: number) => boolean
  /** One of them; there must be one. */
  pick: <T>(list: readonly T[]) => T
}

/** sfc32, seeded by splitmix32: passes PractRand, 5 ns a number. */
export function createRandom(seed: number): Random {
  let [a, b, c, d] = [mix(seed), mix(seed + 1), mix(seed + 2), 1]
  const next = (): number => {
    const sum = (((a + b) | 0) + d) | 0
    d = (d + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + sum
    return (sum >>> 0) / 2 ** 32
  }
  for (let round = 0; round < 12; round++) next()
  const below = (limit: number): number => Math.floor(next() * limit)
  return {
    next,
    below,
    chance: (probability) => next() < probability,
    pick: (list) => {
      const picked = list[below(list.length)]
      if (picked === undefined) throw new Error('there is nothing to pick from')
      return picked
    },
  }
}

function mix(value: number): number {
  let bits = Math.imul(value ^ (value >>> 16), 0x21f0aaad)
  bits = Math.imul(bits ^ (bits >>> 15), 0x735a2d97)
  return (bits ^ (bits >>> 15)) | 0
}
