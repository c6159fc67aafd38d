export type Outside = {
  /** the fan was inside while this page was open, and is not any more */
  wasInside: boolean
  /** when a turn ran out that was not taken; going inside forgets it */
  missedAtMs: number | undefined
}

/** Why a fan is not inside, by what happened last: a turn that is missed came after the time inside that ended before. */
export function whyOutside({ wasInside, missedAtMs }: Outside): 'missed' | 'over' | 'notYet' {
  if (missedAtMs !== undefined) return 'missed'
  return wasInside ? 'over' : 'notYet'
}
