import type { PlantedBug } from '../planted-bugs.ts'
import { databaseError } from './database-error.ts'
import type { Session } from './rows.ts'
import type { Tables } from './tables.ts'

/** What a statement of the model may reach. */
export type Context = {
  tables: Tables
  session: Session
  /** clock_timestamp(). */
  clockMs: number
  settings: SaleSettings
  /** The next id of a sequence: drawn at once, and not given back by a rollback. */
  nextId: (sequence: string) => number
  has: (bug: PlantedBug) => boolean
  /** Lets others go first, now and then, between two locks of one statement: it begins anew with what it has locked. */
  mayPause: () => void
}

/** Thrown between two locks; see `mayPause`. */
export class Paused extends Error {}

/** What in the real tables never changes in a run. */
export type SaleSettings = {
  concertId: number
  showIds: number[]
  seatsPerShow: number
  seatsPerFan: number
  holdTtlMs: number
  holdMaxLifeMs: number
  capacity: number
  ratePerMinute: number | null
  claimWindowMs: number
  passTtlMs: number
  reentryWindowMs: number
  opensAtMs: number
}

export type Result = { rows: unknown[]; rowCount: number }
export type Statement = (context: Context, values: readonly unknown[]) => Result

/** A statement of the product by its name, as what it does to the tables. Its values are those the product sends. */
export function statement<Values extends readonly unknown[]>(
  run: (context: Context, values: Values) => unknown[] | number,
): Statement {
  return (context, values) => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the core's own types say what it sends
    const result = run(context, values as Values)
    return typeof result === 'number'
      ? { rows: [], rowCount: result }
      : { rows: result, rowCount: result.length }
  }
}

export function requireCheck(isGood: boolean, constraint: string): void {
  if (!isGood) throw databaseError('23514', constraint)
}

export function requireUnique(isNew: boolean, constraint: string): void {
  if (!isNew) throw databaseError('23505', constraint)
}
