import { randomUUID } from 'node:crypto'
import type { Reservation } from '@greenroom/contract'
import { failCall } from '../support/fail-call.ts'
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
    name: 'checkout-partly-paid',
    show: async (stage) => {
      const { fan } = stage
      const [paid, released, held] = [await holdTwo(fan), await holdOne(fan), await holdOne(fan)]
      await buy(fan, paid)
      await fan.api.reservations.release.mutate({ reservationId: released.reservationId })
      await charge(fan, held.amountMinor)
      await openCheckout(stage, paid, released, held)
      await payButton(stage).waitFor()
      await stage.page.getByText(stage.say('state_paid')).waitFor()
    },
  },
  {
    name: 'checkout-balance-unknown',
    show: async (stage) => {
      const held = await holdTwo(stage.fan)
      await failCall(stage.page, 'wallet.balance')
      await openCheckout(stage, held)
      await stage.page.getByRole('button', { name: stage.say('try_again') }).waitFor()
    },
  },
  {
    name: 'checkout-ended-variously',
    show: async (stage) => {
      const { fan } = stage
      const [refunded, released] = [await holdTwo(fan), await holdOne(fan)]
      await buy(fan, refunded)
      const { reservationId } = refunded
      await fan.api.payments.refund.mutate({ reservationId, idempotencyKey: randomUUID() })
      await fan.api.reservations.release.mutate({ reservationId: released.reservationId })
      await openCheckout(stage, refunded, released)
      await stage.page.getByText(stage.say('state_refunded')).waitFor()
    },
  },
  {
    name: 'paid-partly',
    show: async (stage) => {
      const { fan } = stage
      const [paid, released] = [await holdTwo(fan), await holdOne(fan)]
      await buy(fan, paid)
      await fan.api.reservations.release.mutate({ reservationId: released.reservationId })
      await openCheckout(stage, paid, released)
      await stage.page.getByText(stage.say('state_released')).waitFor()
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
export function holdTwo(fan: VirtualFan): Promise<Reservation> {
  return holdInTheatre(fan, 2)
}

function holdOne(fan: VirtualFan): Promise<Reservation> {
  return holdInTheatre(fan, 1)
}

async function holdInTheatre(fan: VirtualFan, quantity: number): Promise<Reservation> {
  const pass = await walkIn(fan, theatre.concertId)
  return await fan.api.reservations.holdBest.mutate({ showId: theatre.shows[0], pass, quantity })
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

async function openCheckout({ goto }: Stage, ...holds: Reservation[]): Promise<void> {
  await goto(`/checkout/${holds.map((each) => each.reservationId).join(',')}`)
}

function payButton({ page, say }: Stage) {
  return page.getByRole('button', { name: say('pay_button') })
}
