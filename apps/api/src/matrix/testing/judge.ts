import { isDomainError } from '@greenroom/contract'
import { type Deps, readLineStatus } from '@greenroom/core'
import type { Guard } from '@greenroom/router'
import { checksumAll, checksumOf } from './checksums.ts'
import type { Answer } from './send.ts'
import type { Owned } from './world.ts'

/** Who asks for the owner's things: last the owner, which shows that the question was right. */
export const callers = ['signed out', 'revoked', 'stranger', 'other fan', 'operator', 'owner'] as const
type Caller = (typeof callers)[number]

export const isNobody = (caller: Caller): boolean => caller === 'signed out' || caller === 'revoked'

/** What a caller who is not the owner is to be told; `undefined`: they are let in, and find their own or what is public. */
function refusalFor(guard: Guard, caller: Caller): string | undefined {
  if (guard.role !== 'anyone' && isNobody(caller)) return 'SIGN_IN_REQUIRED'
  if (guard.role === 'operator') return caller === 'operator' ? undefined : 'FORBIDDEN'
  if (guard.owner === 'pass') return 'otherFan'
  return ['reservation', 'payment', 'ticket', 'session'].includes(guard.owner) ? 'NOT_FOUND' : undefined
}

/** Of a refusal of a token the reason says more than the code, which is PASS_REFUSED or RECEIPT_REFUSED. */
const told = ({ code, reason }: Answer): unknown => (reason === 'otherFan' ? reason : code)

/** What only a call that was let in is answered: a result, or a refusal of what was asked. */
const isLetIn = ({ code }: Answer): boolean =>
  !['SIGN_IN_REQUIRED', 'FORBIDDEN', 'INTERNAL', 'RATE_LIMITED'].includes(code ?? '')

/** All that belongs to the owner, and all there is. */
export async function lookAround(deps: Deps, owned: Owned): Promise<State> {
  return { own: await stateOf(deps, owned), all: await checksumAll(deps) }
}

async function stateOf(deps: Deps, { owner, show, pass }: Owned) {
  const { concertId } = show
  const place = readLineStatus(deps, { concertId, fanId: owner.accountId, pass })
  // a pass that was spent by a payment is refused
  const entry = await place.then(
    (status) => status.entry.state,
    (error: unknown) => (isDomainError(error, 'PASS_REFUSED') ? error.details.reason : Promise.reject(error)),
  )
  return { rows: await checksumOf(deps, owner.accountId), entry }
}

type State = { own: Awaited<ReturnType<typeof stateOf>>; all: Record<string, string> }

/** What is wrong with a cell, in words. */
export function faultsOf(cell: {
  guard: Guard
  caller: Caller
  answer: Answer
  before: State
  after: State
  secrets: string[]
}): string[] {
  const { guard, caller, answer, before, after, secrets } = cell
  const isOwners = caller === 'owner' && guard.role !== 'operator'
  const refusal = isOwners ? undefined : refusalFor(guard, caller)
  const isRefusedRight = refusal === undefined ? isLetIn(answer) : told(answer) === refusal
  // what others are told is not there, or not theirs, the owner gets
  const isOwnKept = isOwners && told(answer) === refusalFor(guard, 'other fan')
  return [
    ...(isRefusedRight ? [] : [`was to be told ${refusal ?? 'something else'}`]),
    ...(isOwnKept && answer.code !== undefined ? ['did not get their own'] : []),
    ...(refusal === undefined || isSame(before.all, after.all) ? [] : ['was refused and changed something']),
    ...(isOwners || isSame(before.own, after.own) ? [] : ['changed what is the owner’s']),
    ...(isOwners || !secrets.some((secret) => answer.text.includes(secret)) ? [] : ['was told a secret']),
  ]
}

const isSame = (a: object, b: object): boolean => JSON.stringify(a) === JSON.stringify(b)
