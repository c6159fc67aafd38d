import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { pay } from '../payments/index.ts'
import { closeDeps, type Deps, openDeps } from '../platform/deps.ts'
import { givePass } from '../testing/give-pass.ts'
import { insertHold } from '../testing/insert-hold.ts'
import { makeFans } from '../testing/make-fan.ts'
import { makeRichFan } from '../testing/make-rich-fan.ts'
import { makeShow } from '../testing/make-show.ts'
import { createTestDeps } from '../testing/test-deps.ts'
import { admitTicket, listTickets, readTicketKeys } from '../tickets/index.ts'
import { joinLine, readLineStatus } from '../waiting-room/index.ts'
import { signUp, startSessionRevocations, verifySession } from './index.ts'

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
/** The first of two steps: it signs as before, and reads what comes next. */
const prepared = await restart(deps.settings.secret, [next])
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

test('in two steps nobody is logged out at any moment: processes before and after each step read one another', async () => {
  const sideBySide = [
    [deps, prepared],
    [prepared, deps],
    [prepared, rotated],
    [rotated, prepared],
  ] as const
  for (const [signs, reads] of sideBySide) {
    const { account, token } = await signUp(signs, person())
    expect(verifySession(reads, token)).toMatchObject({ accountId: account.accountId })
  }
})

test('a fan inside keeps their pass, and tickets that were sold open the gate', async () => {
  const show = await makeShow(deps)
  const fanId = await makeRichFan(deps)
  const bearer = { fanId, concertId: show.concertId }
  const pass = await givePass(deps, bearer)
  const shown = { ...bearer, pass }
  expect((await readLineStatus(rotated, shown)).entry.state).toBe('active')
  await expect(readLineStatus(careless, shown)).rejects.toMatchObject({ code: 'PASS_REFUSED' })
  const held = await insertHold(deps, { fanId, show, seatIds: show.seatIds.slice(0, 1) })
  await pay(deps, { fanId, reservationIds: [held], idempotencyKey: randomUUID() })
  const [ticket] = await listTickets(deps, fanId)
  const code = ticket?.code ?? ''
  const atGate = { code, operatorId: fanId }
  await expect(admitTicket(careless, atGate)).rejects.toMatchObject({ code: 'TICKET_INVALID' })
  expect(await admitTicket(rotated, atGate)).toMatchObject({ seatId: show.seatIds[0] })
  const [before, after] = [await readTicketKeys(deps), await readTicketKeys(rotated)]
  expect(after.keys).toEqual([...(await readTicketKeys(careless)).keys, ...before.keys])
})

test('a secret that leaked and is not named: who signs in again has the place they had', async () => {
  const { concertId } = await makeShow(deps, { capacity: 0 })
  const [first, fanId, last] = await makeFans(deps, 3)
  if (first === undefined || fanId === undefined || last === undefined) throw new Error('three fans')
  await joinLine(deps, { concertId, fanId: first })
  const { entry } = await joinLine(deps, { concertId, fanId })
  await joinLine(deps, { concertId, fanId: last })
  if (entry.state !== 'waiting') throw new Error(`not waiting but ${entry.state}`)
  const { receipt } = entry
  await expect(joinLine(careless, { concertId, fanId, receipt })).rejects.toMatchObject({
    code: 'RECEIPT_REFUSED',
  })
  expect((await joinLine(careless, { concertId, fanId })).entry).toMatchObject({ state: 'waiting', ahead: 1 })
})

test('a token of one kind is none of another, by whatever secret', async () => {
  const { account, token } = await signUp(deps, person())
  const { concertId } = await makeShow(deps)
  const shown = { concertId, fanId: account.accountId, pass: token }
  await expect(readLineStatus(rotated, shown)).rejects.toMatchObject({ code: 'PASS_REFUSED' })
})
