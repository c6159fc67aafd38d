import type { Deps } from '../platform/deps.ts'
import { forgetEndedLines } from '../waiting-room/index.ts'
import { type Aged, forgetEvents, forgetRows } from './forget-store.ts'

/** Rows a statement: 40 ms of locks on rows that nobody asks for. */
const batchSize = 5_000

/** Of each table in one run; a run each hour keeps up with 2.4 million a day. */
const mostBatches = 20

export type Forgotten = Record<Aged | 'events' | 'lines', number>

/**
 * Forgets what is old enough and needed by nobody, by the database's clock, and returns how much of each that was. What
 * one run leaves, the next one finds. Safe to repeat, to run twice at once and to be killed anywhere. When one kind
 * fails the others are forgotten all the same; then it rejects with an AggregateError.
 */
export async function prune(deps: Deps, { rowsAtOnce = batchSize } = {}): Promise<Forgotten> {
  const forgotten: Forgotten = {
    sessions: 0,
    idempotency_keys: 0,
    webhook_deliveries: 0,
    events: 0,
    lines: 0,
  }
  const failures: unknown[] = []
  const attempt = async (kind: keyof Forgotten, forget: () => Promise<number>): Promise<void> => {
    try {
      forgotten[kind] = await forget()
    } catch (error) {
      failures.push(error)
    }
  }
  await attempt('sessions', () => pruneTable(deps, 'sessions', rowsAtOnce))
  await attempt('idempotency_keys', () => pruneTable(deps, 'idempotency_keys', rowsAtOnce))
  // before the events, which stay as long as a delivery names them
  await attempt('webhook_deliveries', () => pruneTable(deps, 'webhook_deliveries', rowsAtOnce))
  await attempt('events', () => pruneEvents(deps, rowsAtOnce))
  await attempt('lines', () => forgetEndedLines(deps))
  if (Object.values(forgotten).some((count) => count > 0)) deps.log.info({ forgotten }, 'old things are gone')
  if (failures.length > 0) throw new AggregateError(failures, 'not all that is old could be forgotten')
  return forgotten
}

async function pruneTable(deps: Deps, table: Aged, rowsAtOnce: number): Promise<number> {
  let forgotten = 0
  for (let batch = 0; batch < mostBatches; batch++) {
    const count = await forgetRows(deps.db, table, rowsAtOnce)
    forgotten += count
    if (count < rowsAtOnce) break
  }
  return forgotten
}

/** Old events that are needed cost the walk 5 us each and count for nothing, or they would hide what comes after them. */
async function pruneEvents(deps: Deps, rowsAtOnce: number): Promise<number> {
  let forgotten = 0
  let after: number | null = 0
  while (after !== null && forgotten < mostBatches * rowsAtOnce) {
    const batch: Awaited<ReturnType<typeof forgetEvents>> = await forgetEvents(deps.db, {
      after,
      most: rowsAtOnce,
    })
    forgotten += batch.forgotten
    after = batch.lookedUpTo
  }
  return forgotten
}
