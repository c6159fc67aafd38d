import type { Crowd } from './crowd.ts'
import { type Called, record } from './history.ts'
import { keepTrying } from './keep-trying.ts'
import type { OperationName } from './measurements.ts'

/**
 * One wish of a fan: asked again, the same, until it is answered; each call timed and written down. Throws the refusal, or
 * the last failure when the tries are used up.
 */
export async function ask<T>(
  { history, measurements, options, signal }: Crowd,
  name: OperationName,
  called: Called,
  call: () => Promise<T>,
  describe?: (value: T) => Partial<Called>,
): Promise<Awaited<ReturnType<typeof record<T>>>> {
  return await keepTrying({ ...options, signal }, () =>
    record(history, called, () => measurements.measure(name, call), describe),
  )
}
