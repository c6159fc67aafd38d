import type { AccountId, ConcertId, Entry } from '@greenroom/contract'
import type { Deps } from '../platform/deps.ts'
import { joinLine, readLineStatus } from '../waiting-room/index.ts'
import { changeLine } from './change-line.ts'
import { makeFans } from './make-fan.ts'
import { makeShow } from './make-show.ts'

/** A fan and the receipt that the fan's browser keeps. */
export type Kept = { fanId: AccountId; receipt: string }

/**
 * A line with room for nobody and fans who wait in order; a `capacity` opens it. After a loss of Redis it opens at once,
 * without waiting for those who were ahead.
 */
export async function makeQueue(
  deps: Deps,
  count: number,
): Promise<{ concertId: ConcertId; fans: AccountId[]; crowd: Kept[] }> {
  const { concertId } = await makeShow(deps, { seatCount: 500, capacity: 0 })
  await changeLine(deps, concertId, { reentry_window_ms: 0 })
  const crowd = await joinAll(deps, concertId, count)
  return { concertId, fans: crowd.map(({ fanId }) => fanId), crowd }
}

/** New fans who join one after the other; there must be no room for them. */
export async function joinAll(deps: Deps, concertId: ConcertId, count: number): Promise<Kept[]> {
  const kept = []
  for (const fanId of await makeFans(deps, count)) {
    kept.push(keep(fanId, (await joinLine(deps, { concertId, fanId })).entry))
  }
  return kept
}

/** What a waiting fan's browser keeps of the answer. */
export function keep(fanId: AccountId, entry: Entry): Kept {
  if (entry.state !== 'waiting') throw new Error(`the fan is ${entry.state}`)
  return { fanId, receipt: entry.receipt }
}

/** Each fan shows the receipt, in the order given. */
export async function present(deps: Deps, concertId: ConcertId, crowd: readonly Kept[]): Promise<void> {
  for (const { fanId, receipt } of crowd) await readLineStatus(deps, { concertId, fanId, receipt })
}

/** Who waits, the next one first. */
export async function waitingFans(deps: Deps, concertId: ConcertId): Promise<AccountId[]> {
  return (await deps.redis.zrange(`{wr:${concertId}}:waiting`, '0', '-1')).map(Number) as AccountId[]
}

/** The same items in a random order. */
export function shuffled<T>(items: readonly T[]): T[] {
  return items
    .map((item) => ({ item, at: Math.random() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ item }) => item)
}
