import type { Random } from './random.ts'

/** What goes wrong between a process and its stores: `lost`, it never arrived; `cut`, it was done and the reply is gone. */
type Fault = 'lost' | 'cut' | undefined

/** How rough a run is; drawn from its seed, so that some runs are calm and some are wild. */
export type Roughness = {
  /** Per statement, command and message. */
  cut: number
  /** Per step of the run: something happens to a process or to Redis. */
  event: number
  /** Per job: lost, doubled, early, late. */
  job: number
}

export type Faults = {
  ofStatement: () => Fault
  ofCommand: () => Fault
  /** Whether a reply on its way to a fan is lost. */
  losesReply: () => boolean
  /** After how many ms each copy of a message or job arrives; none: it is lost. */
  arrivals: (rate: number, lateMs: number) => number[]
  roughness: Roughness
  /** From here on everything arrives, once and in time. */
  calmDown: () => void
  isCalm: () => boolean
}

export function createFaults(random: Random, roughness: Roughness): Faults {
  let isCalm = false
  const ofCall = (): Fault => {
    if (isCalm || !random.chance(roughness.cut)) return undefined
    return random.chance(0.5) ? 'lost' : 'cut'
  }
  return {
    roughness,
    ofStatement: ofCall,
    ofCommand: ofCall,
    losesReply: () => !isCalm && random.chance(roughness.cut),
    arrivals: (rate, lateMs) => {
      const usualMs = (): number => random.next() * 20
      if (isCalm || !random.chance(rate)) return [usualMs()]
      const late = (): number => random.next() * lateMs
      return random.pick([[], [usualMs(), late()], [late()], [late(), late(), late()]])
    },
    calmDown: () => {
      isCalm = true
    },
    isCalm: () => isCalm,
  }
}

export function drawRoughness(random: Random): Roughness {
  return {
    cut: random.pick([0, 0.001, 0.005, 0.02]),
    event: random.pick([0, 1 / 1_500, 1 / 500, 1 / 150]),
    job: random.pick([0, 0.1, 0.5]),
  }
}
