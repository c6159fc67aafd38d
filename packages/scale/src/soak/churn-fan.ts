import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { createGreenroom, greenroomError } from '@greenroom/client'
import type { ConcertId, SeatId, ShowId } from '@greenroom/contract'

export type ChurnSale = {
  apiUrl: string
  gatewayUrl: string
  concertId: ConcertId
  showId: ShowId
  seatIds: readonly SeatId[]
}

/** What the fans did, by its name; refusals by their code. */
export type ChurnCounts = Record<string, number>

const longestPauseMs = 600
/** Of the fans who hold: so many pay and get it refunded, so many give it back; the rest walk away, and the hold runs out. */
const pays = 0.4
const givesBack = 0.7

/** One evening after the other until the signal says it is over: each with connections of its own, as if another fan came. */
export async function churn(
  sale: ChurnSale,
  token: string,
  counts: ChurnCounts,
  over: AbortSignal,
): Promise<void> {
  while (!over.aborted) {
    try {
      await spendEvening(sale, token, counts, over)
    } catch (error) {
      if (over.aborted) return
      const code = greenroomError(error)?.code ?? 'no answer'
      count(counts, code)
      // what is no refusal by a rule would come again at once
      await sleep(200 + Math.random() * longestPauseMs)
    }
  }
}

async function spendEvening(
  sale: ChurnSale,
  token: string,
  counts: ChurnCounts,
  over: AbortSignal,
): Promise<void> {
  const { apiUrl, gatewayUrl, concertId, showId, seatIds } = sale
  const greenroom = createGreenroom({ apiUrl, gatewayUrl, token })
  const pass = await greenroom.live.waitForTurn(concertId, { signal: over })
  count(counts, 'went in')
  const watch = greenroom.live.watchShow(showId, pass, {
    onSnapshot: () => count(counts, 'maps'),
    onFrame: () => count(counts, 'frames'),
    onRefused: ({ code }) => count(counts, code),
  })
  try {
    await pause()
    const first = Math.floor(Math.random() * (seatIds.length - 1))
    const { reservations, payments, wallet } = greenroom.api
    const { reservationId, amountMinor } = await reservations.hold.mutate({
      showId,
      pass,
      seatIds: seatIds.slice(first, first + 2),
    })
    count(counts, 'held')
    await pause()
    const dice = Math.random()
    if (dice < pays) {
      await wallet.charge.mutate({ amountMinor, idempotencyKey: randomUUID() })
      await payments.pay.mutate({ reservationIds: [reservationId], idempotencyKey: randomUUID() })
      count(counts, 'paid')
      await payments.refund.mutate({ reservationId, idempotencyKey: randomUUID() })
      count(counts, 'refunded')
    } else if (dice < givesBack) {
      await reservations.release.mutate({ reservationId })
      count(counts, 'gave back')
    } else count(counts, 'walked away')
  } finally {
    watch.stop()
    await greenroom.line.leave(concertId)
  }
}

const pause = (): Promise<void> => sleep(Math.random() * longestPauseMs)

function count(counts: ChurnCounts, name: string): void {
  counts[name] = (counts[name] ?? 0) + 1
}
