import { pickTogether, type SeatPlan } from '../seat-map/index.ts'

export type PlannedPick = {
  /** Ordinals. */
  readonly seats: readonly number[]
  /** The seats picked so far are given up for these. */
  readonly isMove: boolean
  /** Fewer than were wanted are side by side there. */
  readonly isShort: boolean
}

/**
 * What pressing that free seat picks. Without a party one seat more, up to `room`; with one, all who have no seat yet, side
 * by side; and once all have one, the whole party moves there. `undefined` when there is no room for any.
 */
export function planPick(
  plan: SeatPlan,
  input: {
    at: number
    party: number | null
    selection: ReadonlySet<number>
    /** How many this fan may pick, those already picked included. */
    room: number
    isFree: (ordinal: number) => boolean
  },
): PlannedPick | undefined {
  const { at, party, selection, room, isFree } = input
  const wanted = Math.min(party ?? selection.size + 1, room)
  const missing = wanted - selection.size
  if (wanted === 0 || (party === null && missing <= 0)) return undefined
  const isMove = missing <= 0
  const count = isMove ? wanted : missing
  const seats = pickTogether(plan, {
    at,
    count,
    canHave: (ordinal) => isFree(ordinal) && (isMove || !selection.has(ordinal)),
  })
  return { seats, isMove, isShort: seats.length < count }
}
