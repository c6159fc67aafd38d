import pg from 'pg'

/** What the driver makes of an error that Postgres answers with: the core looks at its class, code and constraint. */
export function databaseError(code: string, constraint?: string): Error {
  const error = new pg.DatabaseError(`simulated ${code} ${constraint ?? ''}`, 0, 'error')
  error.code = code
  error.constraint = constraint
  return error
}

export function isDatabaseError(error: unknown): error is Error {
  return error instanceof pg.DatabaseError
}
