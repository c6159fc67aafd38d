import {
  packSeatCodes,
  type SeatChange,
  type SeatId,
  type SeatSnapshot,
  seatStatusCode,
  seatStatusOf,
  type SeatStatus,
  type ShowId,
} from '@greenroom/contract'
import type { SeatEntry } from './seat-event.ts'

/** A seat that is not as it was when the show was made; all others are available at version 0. */
export type TouchedSeat = {
  ordinal: number
  status: SeatStatus
  version: number
  heldUntilMs: number | null
  fanId: number | null
}

/** All seats of one show as this process last heard of them; the seat with ordinal n is `firstSeatId + n`. 21 bytes a seat. */
export type MirroredShow = {
  showId: ShowId
  firstSeatId: SeatId
  seatCount: number
  /** The stream's position: every entry up to it is in here. */
  seq: number
  codes: Uint8Array
  versions: Uint32Array
  /** 0 where nobody holds. */
  holders: Float64Array
  heldUntilMs: Float64Array
  packed: { seq: number; text: string } | undefined
}

export function mirrorShow(
  show: { showId: ShowId; firstSeatId: SeatId; seatCount: number },
  seq: number,
  touched: TouchedSeat[],
): MirroredShow {
  const mirrored: MirroredShow = {
    showId: show.showId,
    firstSeatId: show.firstSeatId,
    seatCount: show.seatCount,
    seq,
    codes: new Uint8Array(show.seatCount),
    versions: new Uint32Array(show.seatCount),
    holders: new Float64Array(show.seatCount),
    heldUntilMs: new Float64Array(show.seatCount),
    packed: undefined,
  }
  for (const seat of touched) {
    mirrored.codes[seat.ordinal] = seatStatusCode[seat.status]
    mirrored.versions[seat.ordinal] = seat.version
    mirrored.holders[seat.ordinal] = seat.fanId ?? 0
    mirrored.heldUntilMs[seat.ordinal] = seat.heldUntilMs ?? 0
  }
  return mirrored
}

/**
 * Takes an entry in. `gap`: entries before it are missing, so the mirror must be read anew. An entry that is known already
 * changes nothing, and an older version of a seat never replaces a newer one, so repeats and overlaps are harmless.
 */
export function applyEntry(show: MirroredShow, entry: SeatEntry): 'applied' | 'known' | 'gap' {
  if (entry.seq <= show.seq) return 'known'
  if (entry.seq > show.seq + 1) return 'gap'
  for (const change of entry.event.changes) applyChange(show, change, entry)
  show.seq = entry.seq
  return 'applied'
}

function applyChange(show: MirroredShow, [seatId, status, version]: SeatChange, { event }: SeatEntry): void {
  const ordinal = seatId - show.firstSeatId
  const known = show.versions[ordinal]
  if (known === undefined || version <= known) return
  show.codes[ordinal] = seatStatusCode[status]
  show.versions[ordinal] = version
  show.holders[ordinal] = status === 'held' ? (event.fanId ?? 0) : 0
  show.heldUntilMs[ordinal] = status === 'held' ? (event.heldUntilMs ?? 0) : 0
}

/** The snapshot a client starts from; packed once for each position, however many ask. */
export function snapshotOf(show: MirroredShow): SeatSnapshot {
  if (show.packed?.seq !== show.seq) {
    show.packed = { seq: show.seq, text: Buffer.from(packSeatCodes(show.codes)).toString('base64') }
  }
  const { showId, seq, seatCount, firstSeatId } = show
  return { showId, seq, seatCount, firstSeatId, packed: show.packed.text }
}

/** Whether a fan could hold that seat now, as far as the mirror knows; a hold that ran out no longer counts. */
export function isOpen(show: MirroredShow, ordinal: number, nowMs: number): boolean {
  const code = show.codes[ordinal]
  return (
    code === seatStatusCode.available ||
    (code === seatStatusCode.held && (show.heldUntilMs[ordinal] ?? 0) <= nowMs)
  )
}

/**
 * The seats another holds or owns for certain, when that is all that stands in the way; `undefined` when any seat is
 * doubtful: free, the fan's own, or held until within `marginMs` from now.
 */
export function findCertainlyTaken(
  show: MirroredShow,
  wish: { fanId: number; seatIds: readonly SeatId[] },
  nowMs: number,
  marginMs: number,
): { seatId: SeatId; status: SeatStatus }[] | undefined {
  const taken: { seatId: SeatId; status: SeatStatus }[] = []
  for (const seatId of wish.seatIds) {
    const ordinal = seatId - show.firstSeatId
    const code = show.codes[ordinal]
    if (code === undefined) return undefined
    if (code === seatStatusCode.available) continue
    const isOwn = show.holders[ordinal] === wish.fanId
    const isRunningOut = (show.heldUntilMs[ordinal] ?? 0) <= nowMs + marginMs
    if (code === seatStatusCode.held && (isOwn || isRunningOut)) return undefined
    taken.push({ seatId, status: seatStatusOf(code) })
  }
  return taken.length === 0 ? undefined : taken
}
