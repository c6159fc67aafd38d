import {
  type SeatChange,
  type SeatFrame,
  type SeatSnapshot,
  type SeatStatus,
  seatId,
  seatStatuses,
  showId,
} from '@greenroom/contract'
import { packSeatCodes, seatStatusCode } from '@greenroom/contract/plain'

/** A show as the servers keep it, in memory: rows with versions, and a stream that tells every change in order. */
export type ModelShow = {
  showId: SeatFrame['showId']
  change: (ordinal: number, status: SeatStatus) => void
  /** Reads the position, then the rows: with changes committed but not yet published, the rows are ahead. */
  snapshot: () => SeatSnapshot
  /** What the stream told after `from`, up to `to` or now: the latest of each seat, as the gateway coalesces. */
  frame: (from: number, to?: number) => SeatFrame
  /** Forgets all but the newest entries, as a trimmed stream does. */
  trim: (keep: number) => void
  /** Publishes what was committed while publishing was held back. */
  publish: () => void
  holdPublishing: () => void
  /** The stream is lost and begins again further on, as after an emptied Redis. */
  restart: () => void
  seq: () => number
  firstKept: () => number
  codes: () => Uint8Array
}

export const modelShowId = showId.parse(7)
const firstSeatId = 101

export function createModelShow(seatCount: number): ModelShow {
  const rows = Array.from({ length: seatCount }, () => ({ status: 'available' as SeatStatus, version: 0 }))
  let stream: { seq: number; change: SeatChange }[] = []
  const outbox: SeatChange[] = []
  let isHeldBack = false
  let seq = 0
  let keptAfter = 0

  const publish = (): void => {
    isHeldBack = false
    for (const change of outbox.splice(0)) stream.push({ seq: ++seq, change })
  }
  const codes = (): Uint8Array => Uint8Array.from(rows, (row) => seatStatusCode[row.status])
  return {
    showId: modelShowId,
    change: (ordinal, status) => {
      const row = rows[ordinal]
      if (row === undefined) throw new Error(`no seat ${ordinal}`)
      row.status = status
      row.version += 1
      outbox.push([seatId.parse(firstSeatId + ordinal), status, row.version])
      if (!isHeldBack) publish()
    },
    snapshot: () => ({
      showId: modelShowId,
      seq,
      seatCount,
      firstSeatId: seatId.parse(firstSeatId),
      packed: btoa(String.fromCharCode(...packSeatCodes(codes()))),
    }),
    frame: (from, to = seq) => {
      const latest = new Map<number, SeatChange>()
      for (const entry of stream)
        if (entry.seq > from && entry.seq <= to) latest.set(entry.change[0], entry.change)
      return { showId: modelShowId, from, to, changes: [...latest.values()] }
    },
    trim: (keep) => {
      stream = stream.slice(-keep)
      keptAfter = (stream[0]?.seq ?? seq + 1) - 1
    },
    publish,
    holdPublishing: () => {
      isHeldBack = true
    },
    restart: () => {
      stream = []
      seq += 1_000_000
      keptAfter = seq
    },
    seq: () => seq,
    firstKept: () => keptAfter,
    codes,
  }
}

export const anyStatus = (code: number): SeatStatus => seatStatuses[code % seatStatuses.length] ?? 'available'
