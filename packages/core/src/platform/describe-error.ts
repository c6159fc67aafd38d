/** An error in an error in an error: who wraps more than that says nothing new. */
const maxDepth = 4

type ErrorDescription = {
  type: string
  message: string
  stack?: string
  code?: unknown
  /** the cause, or the first of several */
  cause?: ErrorDescription
}

/**
 * What the log says of an error: its kind, message, code, stack and cause, and nothing else it carries. Drivers hang the statement's
 * parameters, the row that broke a constraint and the whole command to their errors: e-mail addresses and tokens.
 */
export function describeError(error: unknown, depth = 1): ErrorDescription {
  if (!(error instanceof Error)) return { type: typeof error, message: String(error) }
  const code: unknown = Reflect.get(error, 'code')
  const cause: unknown = error instanceof AggregateError ? error.errors[0] : error.cause
  return {
    type: error.name,
    message: error.message,
    ...(error.stack === undefined ? {} : { stack: error.stack }),
    ...(code === undefined ? {} : { code }),
    ...(cause === undefined || depth >= maxDepth ? {} : { cause: describeError(cause, depth + 1) }),
  }
}
