import { randomUUID } from 'node:crypto'
import type { Reservation } from '@greenroom/contract'
import { theatre } from '../support/on-sale.ts'
import { until } from '../support/until.ts'
import { buy, hold, signUpFan, type VirtualFan, walkIn } from '../support/virtual-fan.ts'
import { aClub } from './copy-concert.ts'
import type { House } from './house.ts'
import type { Scene, Stage } from './scene.ts'

/** Paying, and what may come between a hold and its tickets. */
export const buyingScenes: Scene[] = [
  {
    name: 'checkout-short',
    show: async (stage) => {
      await openCheckout(stage, await holdTwo(stage.fan))
      await stage.page.getByRole('button', { name: stage.say('charge_button') }).waitFor()
    },
  },
  {
    name: 'checkout-pay',
    show: async (stage) => {
      const held = await holdTwo(stage.fan)
      await charge(stage.fan, held.amountMinor)
      await openCheckout(stage, held)
      await payButton(stage).waitFor()
    },
  },
  {
    name: 'checkout-reply-lost',
    show: async (stage) => {
      const held = await holdTwo(stage.fan)
      await charge(stage.fan, held.amountMinor)
      await openCheckout(stage, held)
      await stage.page.route('**/trpc/payments.pay**', (route) => route.abort())
      await payButton(stage).click()
      await stage.page.getByText(stage.say('pay_reply_lost')).waitFor()
    },
  },
  {
    name: 'checkout-late',
    show: async (stage) => {
      await openCheckout(stage, await holdBriefly(stage))
      await stage.page.getByRole('link', { name: stage.say('choose_other_seats') }).waitFor()
    },
  },
  {
    name: 'checkout-refused',
    show: async (stage) => {
      const held = await holdBriefly(stage)
      await charge(stage.fan, held.amountMinor)
      await openCheckout(stage, held)
      await stage.page.getByRole('link', { name: stage.say('choose_other_seats') }).waitFor()
      await buyInstead(stage.house, held)
      await payButton(stage).click()
      await stage.page.getByText(stage.say('error_hold_expired')).waitFor()
    },
  },
  {
    name: 'checkout-ended',
    show: async (stage) => {
      const held = await holdTwo(stage.fan)
      await stage.fan.api.reservations.release.mutate({ reservationId: held.reservationId })
      await openCheckout(stage, held)
      await stage.page.getByRole('heading', { name: stage.say('hold_ended_title') }).waitFor()
    },
  },
  {
    name: 'paid',
    show: async (stage) => {
      const held = await holdTwo(stage.fan)
      await buy(stage.fan, held)
      await openCheckout(stage, held)
      await stage.page.getByRole('heading', { name: stage.say('paid_title') }).waitFor()
    },
  },
]

/** Two seats in the theatre, for five minutes. */
export async function holdTwo(fan: VirtualFan): Promise<Reservation> {
  const pass = await walkIn(fan, theatre.concertId)
  return await fan.api.reservations.holdBest.mutate({ showId: theatre.shows[0], pass, quantity: 2 })
}

export async function charge(fan: VirtualFan, amountMinor: number): Promise<void> {
  await fan.api.wallet.charge.mutate({ amountMinor, idempotencyKey: randomUUID() })
}

/** Two seats for as long as a hold can be at least: it is over when this returns. */
export async function holdBriefly({ house, fan }: Stage): Promise<Reservation> {
  const { concertId, shows } = await brief(house)
  const pass = await walkIn(fan, concertId)
  const held = await fan.api.reservations.holdBest.mutate({ showId: shows[0], pass, quantity: 2 })
  return await until('the end of the hold', async () => {
    const now = await fan.api.reservations.get.query({ reservationId: held.reservationId })
    return now.state === 'EXPIRED' ? held : undefined
  })
}

/** Somebody else buys the seats of a hold that is over. */
async function buyInstead(house: House, over: Reservation): Promise<void> {
  const { concertId } = await brief(house)
  const rival = await signUpFan(house.sale.url)
  const pass = await walkIn(rival, concertId)
  const seatIds = over.seats.map((seat) => seat.seatId)
  await charge(rival, over.amountMinor)
  const { reservationId } = await hold(rival, over.showId, pass, seatIds)
  await rival.api.payments.pay.mutate({ reservationIds: [reservationId], idempotencyKey: randomUUID() })
}

function brief(house: House) {
  return house.sharedConcert('brief', () => house.newConcert({ ...aClub, holdTtlMs: 1_000 }))
}

async function openCheckout({ goto }: Stage, { reservationId }: Reservation): Promise<void> {
  await goto(`/checkout/${reservationId}`)
}

function payButton({ page, say }: Stage) {
  return page.getByRole('button', { name: say('pay_button') })
}
