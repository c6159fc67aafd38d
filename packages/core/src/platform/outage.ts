import { DomainError } from '@greenroom/contract'
import pg from 'pg'
import { BaseError, ConnectionAcquireTimeoutError, ConnectionError } from 'sequelize'

/** By SQLSTATE: Postgres stops or starts, took too many connections, lost this one, or is no longer the one that writes. */
const awayStates = /^(57P0[1-5]|53300|08...|25006)$/
/** A lock or a statement took longer than the pools allow, or lost every deadlock it was tried again after. */
const busyStates = ['55P03', '57014', '40P01']
const networkCodes = ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'ENOENT']
/** What pg says, without a code, when a connection ends under a statement. */
const brokenConnection =
  /^(Connection terminated|Client has encountered a connection error|Client was closed)/
/** What ioredis says, without a code, of a command that could not be sent or was not answered in time. */
const silentRedis = /^(Connection is closed|Command timed out|Reached the max retries per request limit)/
/** The same of a Redis Cluster: no node answers, or none has the key's slot just now. */
const silentCluster =
  /^(Failed to refresh slots cache|None of startup nodes|Cluster is dis|Too many Cluster redir|CLUSTERDOWN|TRYAGAIN)/
/** What pg's pool says when nobody gave a connection back in time. */
const poolIsFull = /^timeout exceeded when trying to connect$/

/**
 * What to tell a caller whose call failed for no fault of the call: UNAVAILABLE when Postgres or Redis is away, OVERLOADED
 * when Postgres or its pool is too busy. `undefined` for everything else. Whether a command took effect is not known then; its
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
  const isAway =
    brokenConnection.test(error.message) ||
    silentRedis.test(error.message) ||
    silentCluster.test(error.message)
  return isAway ? unavailable() : undefined
}

function outageOfState(state: string): DomainError | undefined {
  if (awayStates.test(state)) return unavailable()
  return busyStates.includes(state) ? overloaded() : undefined
}

/** Postgres restarts in about two seconds, Redis in one. */
const unavailable = (): DomainError => new DomainError('UNAVAILABLE', { retryAfterMs: 2_000 })
const overloaded = (): DomainError => new DomainError('OVERLOADED', { retryAfterMs: 1_000 })
