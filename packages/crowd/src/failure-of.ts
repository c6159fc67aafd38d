import { greenroomError } from '@greenroom/client'

/** What went wrong, in a word: the code of a refusal, or what the failure says. */
export function failureOf(error: unknown): string {
  return greenroomError(error)?.code ?? (error instanceof Error ? error.message : String(error))
}
