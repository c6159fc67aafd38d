import type { ProofPart } from '@greenroom/stack'

/** How long the product takes to be well again, beside what the machine needs for the same without it. */
export type RecoveryFigures = ProofPart & {
  measuredAt: string
  measurements: RecoveryMeasurement[]
}

export type RecoveryMeasurement = {
  name: string
  /** What was broken, and what counts as well again. */
  says: string
  tookMs: number
  /** What nobody could be faster than, and what that is; absent where there is no such thing. */
  floor?: { says: string; tookMs: number }
  details: Record<string, number>
}
