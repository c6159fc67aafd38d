import { DomainError } from '@greenroom/contract'
import pg from 'pg'
import { BaseError, ConnectionAcquireTimeoutError, ConnectionError } from 'sequelize'

/** By SQLSTATE: Postgres stops or starts, took too many connections, or lost this one. */
const awayStates = /^(57P0[1-5]|53300|08...)$/
/** A lock or a statement took longer than the pools allow. */
const busyStates = ['55P03', '57014']
const networkCodes = ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'ENOENT']
/** What pg says, without a code, when a connection ends under a statement. */
const brokenConnection =
  /^(Connection terminated|Client has encountered a connection error|Client was closed)/
/** What pg's pool says when nobody gave a connection back in time. */
const poolIsFull = /^timeout exceeded when trying to connect$/

/**
 * What to tell a caller whose call failed for no fault of the call: UNAVAILABLE when Postgres is away, OVERLOADED when it or
 * its pool is too busy. `undefined` for everything else. Whether a command took effect is not known then; its
 * idempotency key makes asking again safe.
 */
export function outageOf(error: unknown): DomainError | undefined {
  if (error instanceof ConnectionAcquireTimeoutError) return overloaded()
  if (error instanceof ConnectionError) return unavailable()
  if (error instanceof BaseError && 'original' in error) return outageOf(error.original)
  if (error instanceof pg.DatabaseError) return outageOfState(error.code ?? '')
  if (error instanceof AggregateError) return outageOf(error.errors[0])
  if (!(error instanceof Error)) return undefined
  if (poolIsFull.test(error.message)) return overloaded()
  if ('code' in error && networkCodes.includes(String(error.code))) return unavailable()
  return brokenConnection.test(error.message) ? unavailable() : undefined
}

function outageOfState(state: string): DomainError | undefined {
  if (awayStates.test(state)) return unavailable()
  return busyStates.includes(state) ? overloaded() : undefined
}

/** Postgres restarts in about two seconds. */
const unavailable = (): DomainError => new DomainError('UNAVAILABLE', { retryAfterMs: 2_000 })
const overloaded = (): DomainError => new DomainError('OVERLOADED', { retryAfterMs: 1_000 })
