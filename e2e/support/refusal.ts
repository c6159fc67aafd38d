import { greenroomError } from '@greenroom/client'
import type { WireError } from '@greenroom/contract'

/** The refusal a call ends with; throws when it does not end with one, because then the test is about something else. */
export async function refusalOf(call: Promise<unknown>): Promise<WireError> {
  const value = await call.then(
    (result) => ({ kind: 'answered' as const, result }),
    (error: unknown) => ({ kind: 'failed' as const, error }),
  )
  if (value.kind === 'answered') throw new Error(`not refused: ${JSON.stringify(value.result)}`)
  const refusal = greenroomError(value.error)
  if (refusal === undefined) throw value.error
  return refusal
}
