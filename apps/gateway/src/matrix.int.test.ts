import type { ClientEvents } from '@greenroom/contract'
import { admit, holdSeats, signOut, verifySession } from '@greenroom/core'
import { createTestDeps, givePass, makeShow } from '@greenroom/core/testing'
import { describe, expect, test } from 'vitest'
import { eventGuards, routeGuards } from './guards.ts'
import { ask, startTestGateway, type TestFan } from './testing/test-gateway.ts'

const deps = await createTestDeps()
/** With one call a minute of the class `pay`. */
const few = await createTestDeps({ rateLimitFactor: 1 / 60 })
const gateway = await startTestGateway(deps)
const show = await makeShow(deps, { seatCount: 100, seatsPerFan: 100 })
const { concertId, showId } = show

/** Who asks for the owner's things: last the owner, which shows that the question was right. */
const callers = ['signed out', 'revoked', 'stranger', 'other fan', 'operator', 'owner'] as const
type Caller = (typeof callers)[number]

const owner = await letIn()
const people = {
  stranger: await gateway.signUpFan(),
  'other fan': await letIn(),
  operator: { token: await gateway.signInOperator() },
  owner,
}
/** `undefined`: nobody. Who was signed out is somebody new each time. */
const personOf = async (caller: Caller): Promise<Pick<TestFan, 'token'> | undefined> =>
  caller === 'signed out' ? undefined : caller === 'revoked' ? await gateway.signUpFan() : people[caller]
const connect = ({ token }: Pick<TestFan, 'token'>) => gateway.connect({ auth: { token } })

async function letIn() {
  const fan = await gateway.signUpFan()
  return { ...fan, pass: await givePass(deps, { concertId, fanId: fan.fanId }) }
}

const isNobody = (caller: Caller): boolean => caller === 'signed out' || caller === 'revoked'

/** What the owner asks, so that whoever asks the same asks for what is the owner's. */
const inputs: { [E in keyof ClientEvents]: Parameters<ClientEvents[E]>[0] } = {
  'line:watch': { concertId },
  'line:unwatch': { concertId },
  'show:watch': { showId, pass: owner.pass },
  'show:unwatch': { showId },
}

const names = Object.keys(eventGuards) as (keyof ClientEvents)[]
const cells = new Set<string>()

/** `undefined`: is let in. */
function refusalFor(name: keyof ClientEvents, caller: Caller): string | undefined {
  if (isNobody(caller)) return 'SIGN_IN_REQUIRED'
  // an operator who shows a fan's pass is asked about that, as anybody
  return eventGuards[name].owner === 'pass' && caller !== 'owner' ? 'otherFan' : undefined
}

/** What a caller is told. The socket of who was signed out may be closed before it could be told anything. */
async function toldTo(name: keyof ClientEvents, caller: Caller): Promise<unknown> {
  const person = await personOf(caller)
  if (person === undefined) {
    const refusal = gateway.connect({}).then(
      () => undefined,
      (error: unknown) => codeOf(Reflect.get(Object(error), 'data')),
    )
    return await refusal
  }
  const socket = await connect(person)
  if (caller === 'revoked') await revoke(person)
  try {
    const answer = await ask(socket, name, inputs[name])
    return answer.ok ? undefined : codeOf(answer.error)
  } catch (error) {
    if (socket.connected) throw error
    return caller === 'revoked' ? 'SIGN_IN_REQUIRED' : 'closed'
  } finally {
    socket.disconnect()
  }
}

/** Of a refused pass the reason says more than the code. */
function codeOf(error: unknown): unknown {
  const reason: unknown = Reflect.get(Object(Reflect.get(Object(error), 'details')), 'reason')
  return reason === 'otherFan' ? reason : Reflect.get(Object(error), 'code')
}

/** Known in this process at once; what it closes, it closes at its next look. */
async function revoke({ token }: Pick<TestFan, 'token'>): Promise<void> {
  const session = verifySession(deps, token)
  if (session === undefined) throw new Error('no session')
  await signOut(deps, session)
}

describe('each event is answered to each caller as its guard says, and changes nothing of the owner’s', () => {
  const free = [...show.seatIds]

  test.for(names)('%s', async (name) => {
    const own = await gateway.connectAs(owner)
    const heard = { queue: 0, seats: 0 }
    own.on('queue', () => (heard.queue += 1))
    own.on('seats', () => (heard.seats += 1))
    for (const watch of ['line:watch', 'show:watch'] as const)
      expect(await ask(own, watch, inputs[watch])).toMatchObject({ ok: true })
    for (const caller of callers) {
      expect([caller, await toldTo(name, caller)]).toEqual([caller, refusalFor(name, caller)])
      cells.add(`${name} ${caller}`)
    }
    // the owner's own socket still watches
    const before = { ...heard }
    await admit(deps, { concertId })
    await expect.poll(() => heard.queue).toBeGreaterThan(before.queue)
    const seatId = free.pop()
    if (seatId === undefined) throw new Error('sold out')
    await holdSeats(deps, { fanId: owner.fanId, showId, pass: owner.pass, seatIds: [seatId] })
    await expect.poll(() => heard.seats).toBeGreaterThan(before.seats)
    own.disconnect()
  })

  test('with a session that ended before it there is no socket', async () => {
    const person = await gateway.signUpFan()
    await revoke(person)
    await expect(gateway.connectAs(person)).rejects.toMatchObject({ data: { code: 'SIGN_IN_REQUIRED' } })
  })
})

describe('each plain route is answered to each caller as its guard says', () => {
  const paths = [...routeGuards.keys()]

  test.for(paths)('%s', async (path) => {
    const guard = routeGuards.get(path)
    for (const caller of callers) {
      const person = await personOf(caller)
      if (caller === 'revoked' && person !== undefined) await revoke(person)
      const headers = person === undefined ? {} : { authorization: `Bearer ${person.token}` }
      const { status } = await fetch(`http://127.0.0.1:${gateway.port}${path}`, { headers })
      const refusal = guard?.role === 'anyone' || caller === 'operator' ? 200 : isNobody(caller) ? 401 : 403
      expect([caller, status]).toEqual([caller, refusal])
      cells.add(`${path} ${caller}`)
    }
  })
})

test('every cell was judged: events and routes by callers', () => {
  expect(cells.size).toBe((names.length + routeGuards.size) * callers.length)
})

describe('the table decides, whatever an event does', () => {
  test('one that is an operator’s is refused to a fan before its input is read, and not to an operator', async () => {
    const guards = {
      ...eventGuards,
      'line:watch': { role: 'operator', rate: 'socket', owner: 'public' },
    } as const
    const strict = await startTestGateway(deps, {}, guards)
    const fan = await strict.connectAs(await strict.signUpFan())
    expect(await ask(fan, 'line:watch', 'no input')).toMatchObject({
      ok: false,
      error: { code: 'FORBIDDEN' },
    })
    expect(await ask(fan, 'line:unwatch', { concertId })).toMatchObject({ ok: true })
    const operator = await strict.connect({ auth: { token: await strict.signInOperator() } })
    expect(await ask(operator, 'line:watch', { concertId })).toMatchObject({ ok: true })
  })

  test('one of a rate class is counted over all sockets of its account', async () => {
    const { concertId: other } = await makeShow(few)
    const guards = { ...eventGuards, 'line:watch': { role: 'fan', rate: 'pay', owner: 'public' } } as const
    const strict = await startTestGateway(few, {}, guards)
    const fan = await strict.signUpFan()
    const [one, two] = [await strict.connectAs(fan), await strict.connectAs(fan)]
    expect(await ask(one, 'line:watch', { concertId: other })).toMatchObject({ ok: true })
    expect(await ask(two, 'line:watch', { concertId: other })).toMatchObject({
      ok: false,
      error: { code: 'RATE_LIMITED' },
    })
  })

  test('guard off: by the table as it is, a fan may', async () => {
    const fan = await gateway.connectAs(await gateway.signUpFan())
    for (let time = 0; time < 3; time++)
      expect(await ask(fan, 'line:watch', { concertId })).toMatchObject({ ok: true })
  })
})
