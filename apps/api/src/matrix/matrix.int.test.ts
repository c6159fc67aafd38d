import { isDomainError } from '@greenroom/contract'
import { openSeatMirror, readLineStatus, startSessionRevocations } from '@greenroom/core'
import { createTestDeps, makeShow } from '@greenroom/core/testing'
import { appRouter, type Guard, guardOf } from '@greenroom/router'
import { afterAll, describe, expect, test } from 'vitest'
import { buildServer } from '../build-server.ts'
import { apiSettings } from '../testing/api-settings.ts'
import { checksumAll, checksumOf } from './testing/checksums.ts'
import { inputsOf } from './testing/inputs.ts'
import { type Answer, send, typeOf } from './testing/send.ts'
import { makeOwned, makePerson, makeRevoked, type Owned } from './testing/world.ts'

const deps = await createTestDeps()
const stopRevocations = await startSessionRevocations(deps)
const seatMirror = openSeatMirror(deps)
const { server } = await buildServer({ deps, seatMirror, settings: apiSettings(deps) })
const origin = new URL(await server.listen({ port: 0, host: '127.0.0.1' }))
afterAll(async () => {
  await server.close()
  stopRevocations()
  await seatMirror.close()
})

const halls = {
  show: await makeShow(deps, { seatCount: 400, capacity: 10_000 }),
  shut: await makeShow(deps, { capacity: 0 }),
}
/** Everybody but the owner. */
async function makeOthers() {
  const [revoked, stranger, operator, other] = await Promise.all([
    makeRevoked(deps),
    makePerson(deps),
    makePerson(deps, 'operator'),
    makeOwned(deps, seatMirror, halls),
  ])
  return { 'signed out': undefined, revoked, stranger, 'other fan': other.owner, operator }
}
const sharedOthers = await makeOthers()
const sharedOwned = await makeOwned(deps, seatMirror, halls)

/** Who asks for the owner's things: last the owner, which shows that the question was right. */
const callers = ['signed out', 'revoked', 'stranger', 'other fan', 'operator', 'owner'] as const
type Caller = (typeof callers)[number]

const paths = Object.keys(appRouter._def.procedures)
const cells = new Set<string>()

const isNobody = (caller: Caller): boolean => caller === 'signed out' || caller === 'revoked'

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

describe.for(paths)('%s', (path) => {
  test('does for each caller what its guard says, and changes nothing of the owner’s for another', async () => {
    const guard = guardOf(path)
    if (guard === undefined) throw new Error(`${path} has no guard`)
    // what is only read, or refused to whoever is no operator, is there for the next procedure too
    const isKept = guard.role === 'operator' || typeOf(path) === 'query'
    const owned = isKept ? sharedOwned : await makeOwned(deps, seatMirror, halls)
    // what they do there is to sign out and to change their passwords
    const others = path.startsWith('accounts.') ? await makeOthers() : sharedOthers
    const people = { ...others, owner: owned.owner }
    const faults: string[] = []
    const lookAround = async (): Promise<State> => ({
      own: await stateOf(owned),
      all: await checksumAll(deps),
    })
    let before = await lookAround()
    for (const caller of callers) {
      cells.add(`${path} ${caller}`)
      for (const input of inputsOf(path, owned)) {
        const answer = await send(origin, { path, input, token: people[caller]?.token })
        const after = await lookAround()
        const found = faultsOf({ guard, caller, answer, before, after, secrets: owned.secrets })
        faults.push(...found.map((fault) => `${caller} ${fault}: ${answer.text.slice(0, 300)}`))
        before = after
      }
    }
    expect(faults).toEqual([])
  })
})

/** All that belongs to the owner. */
async function stateOf({ owner, show, pass }: Owned) {
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
function faultsOf(cell: {
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

test('every cell was asked: procedures by callers', () => {
  expect(cells.size).toBe(paths.length * callers.length)
})

test('guard off: what is the owner’s would be found in an answer, and a change of it noticed', async () => {
  const owned = await makeOwned(deps, seatMirror, halls)
  const { token } = owned.owner
  const ticket = await send(origin, { path: 'tickets.get', input: { ticketId: owned.ticketId }, token })
  expect(owned.secrets.filter((secret) => ticket.text.includes(secret))).toHaveLength(1)
  const before = { own: await stateOf(owned), all: await checksumAll(deps) }
  await send(origin, { path: 'reservations.release', input: { reservationId: owned.heldId }, token })
  const after = { own: await stateOf(owned), all: await checksumAll(deps) }
  const cell = { caller: 'stranger', answer: ticket, before, after, secrets: owned.secrets } as const
  expect(faultsOf({ ...cell, guard: { role: 'fan', rate: 'read', owner: 'ticket' } })).toEqual([
    'was to be told NOT_FOUND',
    'was refused and changed something',
    'changed what is the owner’s',
    'was told a secret',
  ])
})
