import type { AccountId, Payment, ReservationId } from '@greenroom/contract'
import type { ChargeEvent } from '@greenroom/oracles'
import type { Deps } from '../../platform/deps.ts'
import { charge } from '../../wallet/index.ts'
import { makeFans } from '../make-fan.ts'
import { makeShow, type TestShow } from '../make-show.ts'
import { createRecorder, type Recorder } from '../record-history.ts'

/** What one person's tabs and devices have between them. */
export type SaleFan = {
  fanId: AccountId
  pass: string
  reservations: ReservationId[]
  payments: { key: string; reservationIds: ReservationId[]; reply: Payment }[]
}

/** One small sale that many actors are at. */
export type SaleWorld = {
  /** Two processes: an actor always asks the same one. */
  processes: readonly [Deps, Deps]
  show: TestShow
  fans: SaleFan[]
  recorder: Recorder
}

/** A few seats, fewer fans than actors, and holds that end while others still wait for them. */
export async function makeSaleWorld(
  processes: readonly [Deps, Deps],
  size: { seatCount: number; fanCount: number },
): Promise<SaleWorld> {
  const [deps] = processes
  const show = await makeShow(deps, {
    seatCount: size.seatCount,
    seatsPerFan: 3,
    priceMinor: 1_000,
    holdTtlMs: 1_000,
    holdMaxLifeMs: 1_500,
  })
  const recorder = createRecorder()
  const fans: SaleFan[] = []
  for (const fanId of await makeFans(deps, size.fanCount)) {
    const first = { fanId, amountMinor: 5_000, key: 'first' }
    await recorder.record<ChargeEvent>({ actor: -1, op: 'charge', ...first }, async () => {
      await charge(deps, { ...first, idempotencyKey: first.key })
      return {}
    }, [])
    fans.push({ fanId, pass: '', reservations: [], payments: [] })
  }
  return { processes, show, fans, recorder }
}
