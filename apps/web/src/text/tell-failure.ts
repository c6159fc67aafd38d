import { refusalOf } from '../data/wire-error.ts'
import { tellRefusal } from './refusals.ts'

/** The sentence for what went wrong; `undefined` while nothing has. */
export function tellFailure(error: unknown): string | undefined {
  return error === null ? undefined : tellRefusal(refusalOf(error))
}
