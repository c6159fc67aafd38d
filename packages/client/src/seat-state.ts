import type { SeatChange, SeatFrame, SeatId, SeatSnapshot, SeatStatus, ShowId } from '@greenroom/contract'
import { seatStatusCode, seatStatusOf, unpackSeatCodes } from '@greenroom/contract/plain'

/**
 * One show's seats as this client knows them. The arrays are written in place: a frame for a 90,000-seat show costs
 * as much as it has changes, not a copy of the show.
 */
export type SeatState = {
  readonly showId: ShowId
  readonly firstSeatId: SeatId
  readonly seatCount: number
  /** The stream position everything up to which is in here. */
  seq: number
  /** The 2-bit status code of each seat, by ordinal: seat id minus `firstSeatId`. */
  readonly codes: Uint8Array
  /** The highest row version seen of each seat; a snapshot carries none, so 0 means "at least 0". */
  readonly versions: Uint32Array
}

export type FrameOutcome =
  /** Now part of the state; the changes are those that were news, in order. */
  | { kind: 'applied'; changes: SeatChange[] }
  /** Nothing after our position in it: late or repeated. */
  | { kind: 'old' }
  /** Something between our position and the frame is missing. Nothing was applied. */
  | { kind: 'gap' }

export function seatStateOf(snapshot: SeatSnapshot): SeatState {
  return {
    showId: snapshot.showId,
    firstSeatId: snapshot.firstSeatId,
    seatCount: snapshot.seatCount,
    seq: snapshot.seq,
    codes: unpackSeatCodes(decodeBase64(snapshot.packed), snapshot.seatCount),
    versions: new Uint32Array(snapshot.seatCount),
  }
}

/**
 * Takes a snapshot over, unless it is older than what is known; says whether it did. Seat versions already seen are
 * kept: the snapshot's rows are at least as new, so they stay true lower bounds.
 */
export function applySnapshot(state: SeatState, snapshot: SeatSnapshot): boolean {
  if (snapshot.seq < state.seq) return false
  state.codes.set(unpackSeatCodes(decodeBase64(snapshot.packed), state.seatCount))
  state.seq = snapshot.seq
  return true
}

/**
 * Forgets position and versions, for a stream that began anew: the next snapshot is taken whatever its number.
 * What is shown stays until then.
 */
export function restartSeats(state: SeatState): void {
  state.seq = 0
  state.versions.fill(0)
}

/** Applies what happened after our position. Repeats are harmless; an older version never overwrites a newer one. */
export function applyFrame(state: SeatState, frame: SeatFrame): FrameOutcome {
  if (frame.from > state.seq) return { kind: 'gap' }
  if (frame.to <= state.seq) return { kind: 'old' }
  const changes = frame.changes.filter((change) => applyChange(state, change))
  state.seq = frame.to
  return { kind: 'applied', changes }
}

/** The status of a seat; `undefined` for a seat of another show. */
export function readSeatStatus(state: SeatState, seatId: SeatId): SeatStatus | undefined {
  const code = state.codes[seatId - state.firstSeatId]
  return code === undefined ? undefined : seatStatusOf(code)
}

/** How many seats are in each state. */
export function countSeats(state: SeatState): Record<SeatStatus, number> {
  const counts = { available: 0, held: 0, sold: 0, blocked: 0 }
  for (const code of state.codes) counts[seatStatusOf(code)] += 1
  return counts
}

function applyChange(state: SeatState, [seatId, status, version]: SeatChange): boolean {
  const ordinal = seatId - state.firstSeatId
  const known = state.versions[ordinal]
  if (known === undefined || version <= known) return false
  state.versions[ordinal] = version
  const code = seatStatusCode[status]
  if (state.codes[ordinal] === code) return false
  state.codes[ordinal] = code
  return true
}

function decodeBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
}
