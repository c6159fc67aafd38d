import { isDomainError } from '@greenroom/contract'

/** What a person at a terminal can act on, in one sentence. */
export function describeFailure(error: unknown): string {
  if (isDomainError(error, 'NOT_FOUND')) return 'nobody signed up with that e-mail'
  if (isDomainError(error, 'BAD_INPUT'))
    return `refused, nothing was changed: ${error.details.faults.map(({ message }) => message).join('; ')}`
  return error instanceof Error ? error.message : String(error)
}
