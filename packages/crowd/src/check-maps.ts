import { setTimeout as sleep } from 'node:timers/promises'
import {
  type SeatId,
  type SeatStatus,
  type ShowId,
  seatId,
  seatStatusOf,
  unpackSeatCodes,
} from '@greenroom/contract'
import { checkMaps as compareMap, type MapEvent } from '@greenroom/oracles'
import { nowMs } from './history.ts'
import type { Observer } from './observe.ts'

/** Frames are at most some hundred milliseconds behind; a client that repairs a gap or polls needs a few seconds. */
const patienceMs = 15_000

export type MapsChecked = {
  observers: number
  /** Observers whose map equals a fresh snapshot, seat for seat. */
  converged: number
  /** What is wrong with the others. */
  differences: string[]
  heldSeats: number
  /** Seats sold by fans' own account that a fresh snapshot does not show as sold. */
  soldButShownFree: SeatId[]
}

/** Compares what observers see with fresh snapshots, and those with what the fans say they bought. */
export async function checkMaps(
  observers: readonly Observer[],
  sold: ReadonlySet<number>,
): Promise<MapsChecked> {
  const checkedShows = new Set<ShowId>()
  const result: MapsChecked = {
    observers: observers.length,
    converged: 0,
    differences: [],
    heldSeats: 0,
    soldButShownFree: [],
  }
  for (const observer of observers) {
    const fresh = await readUntilTrue(observer, sold)
    if (fresh.differences.length === 0) result.converged += 1
    result.differences.push(...fresh.differences)
    if (checkedShows.has(observer.showId)) continue
    checkedShows.add(observer.showId)
    fresh.codes.forEach((code, ordinal) => {
      const id = seatIdAt(observer, ordinal)
      if (seatStatusOf(code) === 'held') result.heldSeats += 1
      if (sold.has(id) && !isSold(code)) result.soldButShownFree.push(id)
    })
  }
  return result
}

/** A fresh snapshot is itself a moment behind what was paid for, so it is read until it has everything, or patience ends. */
async function readUntilTrue(
  observer: Observer,
  sold: ReadonlySet<number>,
): Promise<{ codes: Uint8Array; differences: string[] }> {
  const endMs = performance.now() + patienceMs
  for (;;) {
    const { showId, pass } = observer
    const snapshot = await observer.fan.greenroom.api.seats.snapshot.query({ showId, pass })
    const codes = unpackSeatCodes(Buffer.from(snapshot.packed, 'base64'), snapshot.seatCount)
    const found = compareMap([mapOf(observer)], { shows: [{ showId, statuses: statusesOf(codes) }] })
    const differences = found.map(({ fault }) => fault)
    const isComplete = codes.every((code, ordinal) => !sold.has(seatIdAt(observer, ordinal)) || isSold(code))
    if ((differences.length === 0 && isComplete) || performance.now() > endMs) return { codes, differences }
    await sleep(100)
  }
}

/** What the observer sees now. */
function mapOf({ fan, showId, seats }: Observer): MapEvent {
  const atMs = nowMs()
  const call = { actor: fan.fanId, fanId: fan.fanId, startMs: atMs, endMs: atMs, outcome: 'ok' as const }
  return { op: 'map', ...call, showId, statuses: statusesOf(seats.codes) }
}

function statusesOf(codes: Uint8Array): SeatStatus[] {
  return Array.from(codes, seatStatusOf)
}

function seatIdAt(observer: Observer, ordinal: number): SeatId {
  return seatId.parse(observer.seats.firstSeatId + ordinal)
}

function isSold(code: number): boolean {
  return seatStatusOf(code) === 'sold'
}
