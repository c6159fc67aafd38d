/**
 * What `make` makes, with no stack in it: for a refusal that thousands get each second and nobody reads the stack of. Finding out
 * where it was made, and tRPC's copying of that, are a tenth of what such an answer costs.
 */
export function withoutStack<E extends Error>(make: () => E): E {
  const { stackTraceLimit } = Error
  Error.stackTraceLimit = 0
  try {
    return make()
  } finally {
    Error.stackTraceLimit = stackTraceLimit
  }
}
