import { find, insert, lock, update } from './rows.ts'
import { type Context, requireCheck, type Statement, statement } from './statement.ts'

export const countKey = (showId: number, fanId: number): string => `${showId}:${fanId}`

/** The statements of core/reservations that lock the counts of fans' seats: before all else, in one order. */
export const countStatements: Record<string, Statement> = {
  'lock-seat-counts': statement(({ tables, session }, [showIds, fanIds]: [number[], number[]]) => {
    return keysInOrder(showIds, fanIds).flatMap((key) => {
      const count = lock(session, tables.counts, key)
      return count === undefined ? [] : [{ ...count }]
    })
  }),

  'begin-seat-counts': statement(({ tables, session, settings }, [showIds, fanIds]: [number[], number[]]) => {
    return keysInOrder(showIds, fanIds).flatMap((key) => {
      const [showId = 0, fanId = 0] = key.split(':').map(Number)
      insert(session, tables.counts, key, {
        showId,
        fanId,
        seatCount: 0,
        seatLimit: settings.seatsPerFan,
      })
      const count = lock(session, tables.counts, key)
      return count === undefined ? [] : [{ ...count }]
    })
  }),
}

/** `on conflict do update` on the fan's count, whose constraint has the last word on the limit. */
export function addCount(
  { tables, session, settings }: Pick<Context, 'tables' | 'session' | 'settings'>,
  { showId, fanId, change }: { showId: number; fanId: number; change: number },
): void {
  const key = countKey(showId, fanId)
  const seatLimit = settings.seatsPerFan
  if (insert(session, tables.counts, key, { showId, fanId, seatCount: change, seatLimit })) {
    requireCheck(change <= seatLimit, 'fan_seat_limit')
    return
  }
  const seatCount = (find(session, tables.counts, key)?.seatCount ?? 0) + change
  requireCheck(seatCount >= 0 && seatCount <= seatLimit, 'fan_seat_limit')
  update(session, tables.counts, key, { seatCount })
}

function keysInOrder(showIds: number[], fanIds: number[]): string[] {
  return inOrder([...new Set(showIds.map((showId, at) => countKey(showId, fanIds[at] ?? 0)))])
}

/** Keys of (show, fan) in the order in which the product locks them. */
export function inOrder(keys: string[]): string[] {
  const parts = (key: string): number[] => key.split(':').map(Number)
  return keys.sort((one, other) => {
    const [show = 0, fan = 0] = parts(one)
    const [otherShow = 0, otherFan = 0] = parts(other)
    return show - otherShow || fan - otherFan
  })
}
