import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Payment, Reservation } from '@greenroom/contract'
import { type Answer, recordCall } from '@greenroom/crowd'
import { labViolation } from '../checks/lab-oracles.ts'
import type { LabFan } from './lab-fan.ts'
import type { Stage } from './stage.ts'

const maxRepeats = 6
/** Enough for a dozen payments, so that most need no charge. */
const chargeMinor = 2_000_000
/** The share of payments that are sent again although they were answered. */
const doubledShare = 0.05

/** Pays, with the money charged that is missing. Whether it was paid: `unknown` when no answer came however often. */
export async function payHold(
  stage: Stage,
  fan: LabFan,
  held: Reservation,
): Promise<'paid' | 'refused' | 'unknown'> {
  const key = randomUUID()
  const input = { reservationIds: [held.reservationId], idempotencyKey: key }
  const payOnce = (): Promise<Answer<Payment>> => recordPay(stage, fan, held, input)
  for (let repeat = 0; repeat < maxRepeats; repeat++) {
    const answer = await payOnce()
    if (answer.outcome === 'ok') {
      if (fan.random.chance(doubledShare)) await payAgain(stage, fan, answer.value, payOnce)
      return 'paid'
    }
    if (answer.outcome === 'refused') {
      if (answer.refusal.code !== 'BALANCE_TOO_LOW') return 'refused'
      if (!(await charge(stage, fan))) return 'unknown'
    } else await sleep(fan.random.between(20, 300))
  }
  return 'unknown'
}

function recordPay(
  stage: Stage,
  fan: LabFan,
  { concertId, reservationId }: Reservation,
  input: { reservationIds: Reservation['reservationId'][]; idempotencyKey: string },
): Promise<Answer<Payment>> {
  const key = input.idempotencyKey
  return recordCall(
    stage.history,
    { op: 'pay', actor: fan.actor, fanId: fan.fanId, concertId, reservationIds: [reservationId], key },
    () => fan.greenroom.api.payments.pay.mutate(input),
    ({ paymentId, amountMinor }) => ({ op: 'pay', paymentId, amountMinor }),
  )
}

/** The same payment once more is the same reply, to the letter. */
async function payAgain(
  stage: Stage,
  fan: LabFan,
  first: Payment,
  payOnce: () => Promise<Answer<Payment>>,
): Promise<void> {
  const again = await payOnce()
  if (again.outcome === 'unknown') return
  const isSame = again.outcome === 'ok' && JSON.stringify(again.value) === JSON.stringify(first)
  if (isSame) return
  const told = again.outcome === 'ok' ? JSON.stringify(again.value) : again.refusal.code
  const fault = `payment ${first.paymentId} of fan ${fan.fanId}, sent again, was answered ${told} after ${JSON.stringify(first)}`
  stage.complaints.push(labViolation('repeat-gets-first-reply', fault))
}

async function charge(stage: Stage, fan: LabFan): Promise<boolean> {
  const input = { amountMinor: chargeMinor, idempotencyKey: randomUUID() }
  const { actor, fanId } = fan
  for (let repeat = 0; repeat < maxRepeats; repeat++) {
    const answer = await recordCall(
      stage.history,
      { op: 'charge', actor, fanId, key: input.idempotencyKey, amountMinor: chargeMinor },
      () => fan.greenroom.api.wallet.charge.mutate(input),
    )
    if (answer.outcome === 'ok') return true
    if (answer.outcome === 'refused') return false
    await sleep(fan.random.between(20, 300))
  }
  return false
}
