import { type FinalState, type HistoryEvent, historyOracles } from '@greenroom/oracles'
import type { Tables } from '../postgres/tables.ts'

/**
 * The oracles that need nothing but answers and the database: the others need one clock for all, or know of no loss of
 * single keys, and their rules are watched at every step here.
 */
const asked = new Set(['one-effect-per-key', 'no-seat-is-sold-twice', 'acknowledged-is-kept'])
const oracles = historyOracles.filter(({ names }) => names.some((name) => asked.has(name)))

/** What was acknowledged, refused or left unanswered, against what the database has in the end. */
export function checkTold(
  history: readonly HistoryEvent[],
  tables: Tables,
): { oracle: string; fault: string }[] {
  const final = finalOf(tables)
  const unnamed = findUnnamedPayers(history)
  return oracles
    .flatMap(({ check }) => check(history, { final }))
    .filter(({ fault }) => !unnamed.some((fanId) => fault.includes(`of fan ${fanId} was made by no call`)))
}

/** Who paid for all they held and got no answer: no call says for which reservations that was. */
function findUnnamedPayers(history: readonly HistoryEvent[]): number[] {
  return history.flatMap((event) =>
    event.op === 'pay' && event.outcome === 'unknown' && event.reservationIds.length === 0 ? event.fanId : [],
  )
}

function finalOf({ reservations, payments, keys, transfers }: Tables): FinalState {
  const all = <T>(table: { rows: ReadonlyMap<unknown, { committed: T | undefined }> }): T[] =>
    [...table.rows.values()].flatMap(({ committed }) => committed ?? [])
  return {
    reservations: all(reservations).map((each) => ({ ...each, reservationId: each.id })),
    payments: all(payments).map((each) => ({ ...each, paymentId: each.id })),
    keys: all(keys),
    charges: all(transfers).filter(({ kind }) => kind === 'charge'),
    refunds: all(transfers).flatMap(({ kind, reservationId, ...transfer }) =>
      kind === 'refund' && reservationId !== null ? { ...transfer, reservationId } : [],
    ),
    shows: [],
  }
}
