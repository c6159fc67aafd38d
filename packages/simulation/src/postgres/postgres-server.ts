import type { PlantedBug } from '../planted-bugs.ts'
import type { Scheduler } from '../scheduler.ts'
import { databaseError, isDatabaseError } from './database-error.ts'
import { Blocked, createSession, endTransaction, isDeadlock, type Row, type Session } from './rows.ts'
import { type Context, Paused, type Result, type SaleSettings, type Statement } from './statement.ts'
import { holdStatements } from './statements-of-holds.ts'
import { keyStatements } from './statements-of-keys.ts'
import { lineStatements } from './statements-of-lines.ts'
import { saleStatements } from './statements-of-sales.ts'
import { togetherStatements } from './statements-of-together.ts'
import { requireModelled } from './modelled-texts.ts'
import { createTables, type Tables } from './tables.ts'

/** What the driver hands on: a text alone for begin, commit and rollback, a named statement for all else. */
export type Query = string | { name?: string; text: string; values?: readonly unknown[] }

/** A Postgres of a dozen tables and forty statements, with transactions, row locks, waiting and deadlocks. */
export type PostgresServer = {
  tables: Tables
  counters: { deadlocks: number; commits: number; waits: number }
  openSession: (name: string) => Session
  /**
   * Does it now, or when the locks it needs are free; then calls back. A statement that has to wait begins anew when it may
   * go on, so that it decides on what is true then, as READ COMMITTED does.
   */
  execute: (session: Session, query: Query, onDone: (outcome: Result | Error) => void) => void
  /** The connection is gone: its transaction is rolled back. */
  breakSession: (session: Session) => void
}

/** As the pools of the product ask for. */
const lockTimeoutMs = 5_000
/** How often a statement that locks several rows lets others in between. */
const pauseRate = 0.3

const statements: Record<string, Statement> = {
  ...holdStatements,
  ...keyStatements,
  ...saleStatements,
  ...togetherStatements,
  ...lineStatements,
}
const nothing: Result = { rows: [], rowCount: 0 }

export function createPostgresServer(
  scheduler: Scheduler,
  options: {
    settings: SaleSettings
    has: (bug: PlantedBug) => boolean
    /** After each commit, with the rows it changed: where the cheap oracles look. */
    onCommit: (changed: Row<unknown>[]) => void
  },
): PostgresServer {
  const tables = createTables()
  const counters = { deadlocks: 0, commits: 0, waits: 0 }
  const sequences = new Map<string, number>()

  const nextId = (sequence: string): number => {
    const id = (sequences.get(sequence) ?? 0) + 1
    sequences.set(sequence, id)
    return id
  }
  const mayPause = (): void => {
    if (scheduler.random.chance(pauseRate)) throw new Paused()
  }
  const commit = (session: Session): void => {
    const isKept = !options.has('commit-not-kept') || scheduler.random.chance(0.98)
    const changed = endTransaction(session, isKept)
    counters.commits += 1
    options.onCommit(changed)
  }
  const run = (session: Session, query: Exclude<Query, string>): Result => {
    const known = statements[query.name ?? '']
    if (known === undefined)
      throw new Error(`the simulated Postgres knows no statement ${query.name ?? query.text}`)
    requireModelled(query.name ?? '', query.text)
    const context: Context = { ...options, tables, session, nextId, mayPause, clockMs: scheduler.nowMs() }
    if (session.isOpen) return known(context, query.values ?? [])
    session.nowMs = scheduler.nowMs()
    const result = known(context, query.values ?? [])
    commit(session)
    return result
  }
  const control = (session: Session, text: string): Result => {
    if (text === 'begin') {
      session.isOpen = true
      session.nowMs = scheduler.nowMs()
    } else if (text === 'commit' && !session.isAborted) commit(session)
    else if (text === 'commit' || text === 'rollback') endTransaction(session, false)
    else throw new Error(`the simulated Postgres does not know ${text}`)
    return nothing
  }
  const fail = (session: Session, error: Error): Error => {
    if (session.isOpen) session.isAborted = true
    else endTransaction(session, false)
    return error
  }

  const execute: PostgresServer['execute'] = (session, query, onDone) => {
    if (session.isBroken) return onDone(connectionLost())
    if (session.isAborted && query !== 'rollback' && query !== 'commit') return onDone(databaseError('25P02'))
    let result: Result
    try {
      result = typeof query === 'string' ? control(session, query) : run(session, query)
    } catch (error) {
      if (error instanceof Blocked) waitFor(session, error.by, query, onDone)
      else if (error instanceof Paused)
        scheduler.post(undefined, 'locks on', () => execute(session, query, onDone))
      // anything else is a gap of this model, which no caller may swallow
      else if (!isDatabaseError(error)) throw error
      else onDone(fail(session, error))
      return
    }
    onDone(result)
  }
  const waitFor = (
    session: Session,
    by: Session,
    query: Query,
    onDone: (outcome: Result | Error) => void,
  ): void => {
    if (isDeadlock(session, by)) {
      counters.deadlocks += 1
      return onDone(fail(session, databaseError('40P01')))
    }
    counters.waits += 1
    let isOver = false
    const goOn = (): void => {
      if (isOver) return
      isOver = true
      giveUp()
      session.waitsFor = undefined
      scheduler.post(undefined, 'a lock is free', () => execute(session, query, onDone))
    }
    const giveUp = scheduler.post(
      undefined,
      'a lock was not free in time',
      () => {
        if (isOver) return
        isOver = true
        by.waiting.delete(goOn)
        session.waitsFor = undefined
        onDone(session.isBroken ? connectionLost() : fail(session, databaseError('55P03')))
      },
      lockTimeoutMs,
    )
    session.waitsFor = by
    by.waiting.add(goOn)
  }

  return {
    tables,
    counters,
    openSession: (name) => createSession(name, scheduler.nowMs()),
    execute,
    breakSession: (session) => {
      session.isBroken = true
      endTransaction(session, false)
    },
  }
}

/** What pg says, word for word, of a connection that ended under a statement. */
export function connectionLost(): Error {
  return new Error('Connection terminated unexpectedly')
}
