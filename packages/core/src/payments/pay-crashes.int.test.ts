import { randomUUID } from 'node:crypto'
import type { AccountId, ReservationId } from '@greenroom/contract'
import { expect, test } from 'vitest'
import type { Deps } from '../platform/deps.ts'
import { checkLedger } from '../testing/check-ledger.ts'
import { type BreakPoint, breakingDeps } from '../testing/breaking-deps.ts'
import { checkSeats } from '../testing/check-seats.ts'
import { holdSeats } from '../reservations/index.ts'
import { givePass } from '../testing/give-pass.ts'
import { insertHold } from '../testing/insert-hold.ts'
import { makeRichFan } from '../testing/make-rich-fan.ts'
import { makeShow } from '../testing/make-show.ts'
import { createTestDeps } from '../testing/test-deps.ts'
import { requirePass } from '../waiting-room/index.ts'
import { charge, readBalance } from '../wallet/index.ts'
import { pay, payHeld, refund } from './index.ts'

const deps = await createTestDeps()
const show = await makeShow(deps, { seatCount: 300, priceMinor: 10_000 })
let nextSeat = 0

type Command = (deps: Deps) => Promise<unknown>
type Case = { fanId: AccountId; command: Command; before: number; after: number }

/** Everything that a command of this fan could change, as text. */
async function stateOf(fanId: AccountId): Promise<string> {
  const { rows } = await deps.db.pool.query(
    `select (select balance_minor from wallets where account_id = $1) as balance,
            (select array_agg(state order by id) from reservations where fan_id = $1) as reservations,
            (select array_agg(status order by seats.id) from seats join reservations on reservations.id = reservation_id
             where fan_id = $1) as seats,
            (select count(*)::int from payments where fan_id = $1) as payments,
            (select array_agg(state order by id) from tickets where fan_id = $1) as tickets,
            (select count(*)::int from idempotency_keys where fan_id = $1) as keys,
            (select sum(seat_count)::int from fan_seat_counts where fan_id = $1) as seat_count`,
    [fanId],
  )
  return JSON.stringify(rows[0])
}

async function makePayment(endsInMs = 300_000): Promise<Case> {
  const fanId = await makeRichFan(deps, 30_000)
  const seatIds = show.seatIds.slice(nextSeat, (nextSeat += 2))
  const reservationId = await insertHold(deps, { fanId, show, seatIds, endsInMs })
  const input = { fanId, reservationIds: [reservationId], idempotencyKey: randomUUID() }
  return { fanId, command: (its) => pay(its, input), before: 30_000, after: 10_000 }
}

/** Of a hold that is over: paid alone, not with others. */
const makeLatePayment = (): Promise<Case> => makePayment(-1_000)

/** The same without a key. */
async function makeHeldPayment(): Promise<Case> {
  const { fanId, before, after } = await makePayment()
  return { fanId, command: (its) => payHeld(its, { fanId, concertId: show.concertId }), before, after }
}

async function makeRefund(): Promise<Case> {
  const { fanId, command } = await makePayment()
  const paid = await command(deps)
  const [reservationId] = (paid as Awaited<ReturnType<typeof pay>>).reservationIds
  if (reservationId === undefined) throw new Error('nothing was paid')
  const input = { fanId, reservationId, idempotencyKey: randomUUID() }
  return { fanId, command: (its) => refund(its, input), before: 10_000, after: 30_000 }
}

async function makeCharge(): Promise<Case> {
  const fanId = await makeRichFan(deps, 30_000)
  const input = { fanId, amountMinor: 5_000, idempotencyKey: randomUUID() }
  return { fanId, command: (its) => charge(its, input), before: 30_000, after: 35_000 }
}

async function countStatements({ command }: Case): Promise<number> {
  const counted = breakingDeps(deps, { before: Number.POSITIVE_INFINITY })
  await command(counted.deps)
  return counted.statements()
}

async function crash(command: Command, breakPoint: BreakPoint): Promise<void> {
  await expect(command(breakingDeps(deps, breakPoint).deps)).rejects.toThrow(/terminat|connection/i)
}

const commands = {
  pay: () => makePayment(),
  'a late pay': makeLatePayment,
  payHeld: makeHeldPayment,
  refund: makeRefund,
  charge: makeCharge,
}

test.for(Object.entries(commands))(
  'a connection that dies before any statement of %s leaves nothing half done, and the same again then works',
  async ([, make]) => {
    const statements = await countStatements(await make())
    expect(statements).toBeGreaterThanOrEqual(4)
    for (let statement = 1; statement <= statements; statement += 1) {
      const { fanId, command, before, after } = await make()
      const untouched = await stateOf(fanId)
      await crash(command, { before: statement })
      expect(await stateOf(fanId), `statement ${statement}`).toBe(untouched)
      expect((await readBalance(deps, fanId)).balanceMinor).toBe(before)
      await command(deps)
      expect((await readBalance(deps, fanId)).balanceMinor).toBe(after)
    }
    expect(await checkLedger(deps)).toEqual([])
    expect(await checkSeats(deps, show.showId)).toEqual([])
  },
)

test.for(Object.entries(commands))(
  'an answer lost after the commit of %s is given again to whoever asks the same, with no second effect',
  async ([, make]) => {
    const { fanId, command, after } = await make()
    await crash(command, 'afterCommit')
    expect((await readBalance(deps, fanId)).balanceMinor).toBe(after)
    const done = await stateOf(fanId)
    expect(await command(deps)).toMatchObject({ balanceMinor: after })
    expect(await stateOf(fanId)).toBe(done)
    expect(await checkLedger(deps)).toEqual([])
  },
)

type Buy = (its: Deps, fanId: AccountId, reservationIds: ReservationId[]) => Promise<unknown>

/** The connection dies after the commit of a payment, and the fan asks again; then the fan shows the same pass once more. */
async function showPassAfterLostAnswer(buy: Buy): Promise<unknown> {
  const { concertId, showId, seatIds } = await makeShow(deps)
  const fanId = await makeRichFan(deps)
  const pass = await givePass(deps, { concertId, fanId })
  const [first] = seatIds
  if (first === undefined) throw new Error('a show has seats')
  const { reservationId } = await holdSeats(deps, { fanId, showId, pass, seatIds: [first] })
  await crash((its) => buy(its, fanId, [reservationId]), 'afterCommit')
  await buy(deps, fanId, [reservationId])
  return await requirePass(deps, { concertId, fanId, pass })
}

const passIsSpent = { code: 'PASS_REFUSED', details: { reason: 'spent' } }

test('once a payment has answered, the slot of the pass it spent is free, also when its first answer was lost', async () => {
  const buy: Buy = (its, fanId, reservationIds) => pay(its, { fanId, reservationIds, idempotencyKey: 'k' })
  await expect(showPassAfterLostAnswer(buy)).rejects.toMatchObject(passIsSpent)
})

test('the same without a key', async () => {
  const buy: Buy = (its, fanId, reservationIds) => payHeld(its, { fanId, reservationIds })
  await expect(showPassAfterLostAnswer(buy)).rejects.toMatchObject(passIsSpent)
})
