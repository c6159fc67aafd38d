import { setTimeout as sleep } from 'node:timers/promises'
import type { Deps } from '../platform/deps.ts'
import { forgetEndedLines } from '../waiting-room/index.ts'
import { type Aged, forgetEvents, forgetRows, forgetSamples } from './forget-store.ts'

/** Rows a statement, which takes 5 to 40 ms and locks nothing that anybody asks for. */
const batchSize = 1_000

/** Of each table in one run: 100,000 rows, so that a run each hour keeps up with 2.4 million a day. */
const mostBatches = 100

export type Forgotten = Record<Aged | 'events' | 'sale_samples' | 'lines', number>

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
    line_moves: 0,
    events: 0,
    sale_samples: 0,
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
  await attempt('sale_samples', () => pruneSamples(deps, rowsAtOnce))
  await attempt('line_moves', () => pruneTable(deps, 'line_moves', rowsAtOnce))
  await attempt('lines', () => forgetEndedLines(deps))
  if (Object.values(forgotten).some((count) => count > 0)) deps.log.info({ forgotten }, 'old things are gone')
  if (failures.length > 0) throw new AggregateError(failures, 'not all that is old could be forgotten')
  return forgotten
}

async function pruneTable(deps: Deps, table: Aged, rowsAtOnce: number): Promise<number> {
  let forgotten = 0
  for (let batch = 0; batch < mostBatches; batch++) {
    const count = await inItsTime(() => forgetRows(deps.db, table, rowsAtOnce))
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
    const walk: { after: number; most: number } = { after, most: rowsAtOnce }
    const batch = await inItsTime(() => forgetEvents(deps.db, walk))
    forgotten += batch.forgotten
    after = batch.lookedUpTo
  }
  return forgotten
}

/** What is thinned is looked at once: the one of its minute that stays counts as done. */
async function pruneSamples(deps: Deps, rowsAtOnce: number): Promise<number> {
  let forgotten = 0
  for (let batch = 0; batch < mostBatches; batch++) {
    const done = await inItsTime(() => forgetSamples(deps.db, rowsAtOnce))
    forgotten += done.forgotten
    if (done.lookedAt < rowsAtOnce) break
  }
  return forgotten
}

/** Does a batch and rests for as long as that took: whoever sells meanwhile has half of the database's time at least. */
async function inItsTime<T>(forget: () => Promise<T>): Promise<T> {
  const startMs = performance.now()
  const result = await forget()
  await sleep(performance.now() - startMs)
  return result
}
