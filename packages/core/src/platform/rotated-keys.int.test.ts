import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { listTickets, readTicketKeys, signUp, startSessionRevocations, verifySession } from '../index.ts'
import { endpointSecret, endpointSecrets } from '../webhooks/sign-message.ts'
import { givePass } from '../testing/give-pass.ts'
import { insertHold } from '../testing/insert-hold.ts'
import { makeRichFan } from '../testing/make-rich-fan.ts'
import { makeShow } from '../testing/make-show.ts'
import { createTestDeps } from '../testing/test-deps.ts'
import { pay } from '../payments/index.ts'
import { readTicketCode } from '../tickets/ticket-code.ts'
import { readPass } from '../waiting-room/tokens.ts'
import { webhookEndpointId } from '@greenroom/contract'
import { closeDeps, type Deps, openDeps } from './deps.ts'

const deps = await createTestDeps()
const next = 'the secret that comes after it'

/** The same installation, restarted with other secrets. */
async function restart(secret: string, previousSecrets: string[]): Promise<Deps> {
  const other = openDeps({ ...deps.settings, secret, previousSecrets }, 'restarted')
  const stop = await startSessionRevocations(other)
  afterAll(async () => {
    stop()
    await closeDeps(other)
  })
  return other
}

const rotated = await restart(next, [deps.settings.secret])
const careless = await restart(next, [])
const stop = await startSessionRevocations(deps)
afterAll(stop)

const person = () => ({
  email: `${randomUUID()}@test.example`,
  password: 'greenroom',
  name: 'One',
  locale: 'en' as const,
})

test('a new secret logs nobody out while the one before is named; without, it does', async () => {
  const { token } = await signUp(deps, person())
  expect(verifySession(rotated, token)).toEqual(verifySession(deps, token))
  expect(verifySession(careless, token)).toBeUndefined()
})

test('what is signed from then on is signed with the new one, and is not of the old', async () => {
  const { token } = await signUp(rotated, person())
  expect(verifySession(careless, token)).toBeDefined()
  expect(verifySession(deps, token)).toBeUndefined()
})

test('a fan inside keeps their pass, and tickets that were sold open the gate', async () => {
  const show = await makeShow(deps)
  const fanId = await makeRichFan(deps)
  const bearer = { fanId, concertId: show.concertId }
  const pass = await givePass(deps, bearer)
  expect(readPass(rotated, bearer, pass)).toEqual(readPass(deps, bearer, pass))
  expect(() => readPass(careless, bearer, pass)).toThrow('PASS_REFUSED')
  const held = await insertHold(deps, { fanId, show, seatIds: show.seatIds.slice(0, 1) })
  await pay(deps, { fanId, reservationIds: [held], idempotencyKey: randomUUID() })
  const [ticket] = await listTickets(deps, fanId)
  const code = ticket?.code ?? ''
  expect(await readTicketCode(rotated, code)).toEqual(await readTicketCode(deps, code))
  expect(await readTicketCode(careless, code)).toBeUndefined()
  const [before, after] = [await readTicketKeys(deps), await readTicketKeys(rotated)]
  expect(after.keys).toEqual([...(await readTicketKeys(careless)).keys, ...before.keys])
})

test('receivers of webhooks go on with the secret that they were shown', () => {
  const endpointId = webhookEndpointId.parse(7)
  const shown = endpointSecret(deps, endpointId, 1)
  expect(endpointSecrets(rotated, endpointId, 1)).toEqual([endpointSecret(rotated, endpointId, 1), shown])
  expect(endpointSecrets(careless, endpointId, 1)).not.toContain(shown)
})

test('a token of one kind is none of another, by whatever secret', async () => {
  const { token } = await signUp(deps, person())
  expect(() => readPass(rotated, { fanId: 1 as never, concertId: 1 as never }, token)).toThrow('PASS_REFUSED')
})
