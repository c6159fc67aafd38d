import { DomainError, type FindFanInput, type FoundFan } from '@greenroom/contract'
import type { Deps } from '../platform/deps.ts'
import { findFanBy } from './find-fan-store.ts'

const whatOf = {
  email: 'account',
  fan: 'account',
  reservation: 'reservation',
  payment: 'payment',
  ticket: 'ticket',
} as const

/**
 * Whom something is about, by their e-mail, their number or that of something of theirs. Refuses with NOT_FOUND and what was not
 * found; text that is no number is the number of nothing.
 */
export async function findFan(deps: Deps, { by, text }: FindFanInput): Promise<FoundFan> {
  const key = by === 'email' ? text : readNumber(text)
  const found = key === undefined ? undefined : await findFanBy(deps.db, by, key)
  if (found === undefined) throw new DomainError('NOT_FOUND', { what: whatOf[by] })
  return found
}

/** `12`, and `#12` as it is written in messages. */
function readNumber(text: string): number | undefined {
  const number = /^#?(\d{1,16})$/.exec(text)?.[1]
  return number !== undefined && Number.isSafeInteger(Number(number)) ? Number(number) : undefined
}
