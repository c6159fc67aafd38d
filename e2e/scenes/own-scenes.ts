import type { Reservation, Ticket } from '@greenroom/contract'
import { randomUUID } from 'node:crypto'
import { failCall } from '../support/fail-call.ts'
import { known } from '../support/known.ts'
import { buy, type VirtualFan, walkIn } from '../support/virtual-fan.ts'
import { charge, holdBriefly, holdTwo } from './buying-scenes.ts'
import { aClub } from './copy-concert.ts'
import { cancelFirstDate } from './house.ts'
import { open } from './outside-scenes.ts'
import type { Scene, Stage } from './scene.ts'

/** What belongs to one fan: reservations, tickets, wallet, profile; with nothing in them and with everything. */
export const ownScenes: Scene[] = [
  {
    name: 'reservations-empty',
    show: async (stage) => {
      await open(stage, '/reservations')
      await stage.page.getByText(stage.say('no_reservations_title')).waitFor()
    },
  },
  {
    name: 'reservations',
    show: async (stage) => {
      await reserveInEveryState(stage)
      await open(stage, '/reservations')
      for (const state of ['state_held', 'state_paid', 'state_refunded', 'state_expired'])
        await stage.page.getByText(stage.say(state)).first().waitFor()
    },
  },
  {
    name: 'reservations-refund',
    show: async (stage) => {
      await buyTwo(stage.fan)
      await open(stage, '/reservations')
      await stage.page.getByRole('button', { name: stage.say('refund') }).click()
      await stage.page.getByRole('heading', { name: stage.say('refund_title') }).waitFor()
    },
  },
  {
    name: 'reservations-release',
    show: async (stage) => {
      await holdTwo(stage.fan)
      await open(stage, '/reservations')
      await stage.page.getByRole('button', { name: stage.say('release') }).click()
      await stage.page.getByRole('heading', { name: stage.say('release_title') }).waitFor()
    },
  },
  {
    name: 'wallet-empty',
    show: async (stage) => {
      await open(stage, '/wallet')
      await stage.page.getByText(stage.say('statement_empty')).waitFor()
    },
  },
  {
    name: 'wallet',
    show: async (stage) => {
      await charge(stage.fan, 1_000_000)
      await refund(stage.fan, await buyTwo(stage.fan))
      await open(stage, '/wallet')
      await stage.page.getByText(stage.say('kind_refund')).waitFor()
    },
  },
  {
    name: 'wallet-error',
    show: async (stage) => {
      await failCall(stage.page, 'wallet.balance')
      await stage.goto('/wallet')
      await stage.page.getByRole('button', { name: stage.say('try_again') }).waitFor()
    },
  },
  {
    name: 'profile',
    show: async (stage) => {
      const { fan, house, page, say } = stage
      for (const userAgent of [
        'Windows NT 10.0 Chrome/140.0 Safari/537.36',
        'iPhone Safari/604.1',
        'a program',
      ])
        await signInOn(house.sale.url, fan.email, userAgent)
      await open(stage, '/profile')
      await page.getByText(say('device_unknown')).first().waitFor()
      await page.getByText(say('device_this')).waitFor()
    },
  },
  {
    name: 'profile-sign-out-everywhere',
    show: async (stage) => {
      await open(stage, '/profile')
      await stage.page.getByRole('button', { name: stage.say('sign_out_everywhere') }).click()
      await stage.page.getByRole('alertdialog').waitFor()
    },
  },
  {
    name: 'profile-password-refused',
    show: async (stage) => {
      const { page, say } = stage
      await open(stage, '/profile')
      await page.getByLabel(say('password_current')).fill('not the password')
      await page.getByLabel(say('password_new')).fill('a new password')
      await page.getByRole('button', { name: say('password_change') }).click()
      await page.getByText(say('password_wrong')).waitFor()
    },
  },
  {
    name: 'tickets-empty',
    show: async (stage) => {
      await open(stage, '/tickets')
      await stage.page.getByText(stage.say('no_tickets_title')).waitFor()
    },
  },
  {
    name: 'tickets',
    show: async (stage) => {
      const [first] = await ticketsOf(stage.fan, await buyTwo(stage.fan))
      await stage.house.operator.api.tickets.admit.mutate({ code: known(first, 'ticket').code })
      await refund(stage.fan, await buyTwo(stage.fan))
      await open(stage, '/tickets')
      for (const state of ['ticket_valid', 'ticket_used', 'ticket_void'])
        await stage.page.getByText(stage.say(state)).first().waitFor()
    },
  },
  {
    name: 'tickets-cancelled',
    show: async (stage) => {
      await buyForCancelled(stage)
      await open(stage, '/tickets')
      await stage.page.getByText(stage.say('ticket_cancelled')).first().waitFor()
    },
  },
  {
    name: 'reservations-cancelled',
    show: async (stage) => {
      await buyForCancelled(stage)
      await open(stage, '/reservations')
      await stage.page.getByText(stage.say('cancelled_refunded')).first().waitFor()
    },
  },
  {
    name: 'ticket-calendar',
    show: async (stage) => {
      const [ticket] = await ticketsOf(stage.fan, await buyTwo(stage.fan))
      await openTicket(stage, ticket)
      await stage.page.getByRole('button', { name: stage.say('calendar_add') }).click()
      await stage.page.getByRole('button', { name: stage.say('calendar_file') }).waitFor()
    },
  },
  {
    name: 'ticket',
    show: async (stage) => {
      const [ticket] = await ticketsOf(stage.fan, await buyTwo(stage.fan))
      await openTicket(stage, ticket)
    },
  },
  {
    name: 'ticket-used',
    show: async (stage) => {
      const [ticket] = await ticketsOf(stage.fan, await buyTwo(stage.fan))
      await stage.house.operator.api.tickets.admit.mutate({ code: known(ticket, 'ticket').code })
      await openTicket(stage, ticket)
      await stage.page.getByText(stage.say('ticket_used')).first().waitFor()
    },
  },
  {
    name: 'ticket-void',
    show: async (stage) => {
      const bought = await buyTwo(stage.fan)
      const [ticket] = await ticketsOf(stage.fan, bought)
      await refund(stage.fan, bought)
      await openTicket(stage, ticket)
      await stage.page.getByText(stage.say('ticket_void')).first().waitFor()
    },
  },
  {
    name: 'ticket-offline',
    show: async (stage) => {
      const [ticket] = await ticketsOf(stage.fan, await buyTwo(stage.fan))
      await openTicket(stage, ticket)
      // what the device keeps is the app, and the tickets once they were listed
      await stage.page.waitForFunction(
        () =>
          navigator.serviceWorker.controller !== null && localStorage.getItem('greenroom.tickets') !== null,
      )
      await stage.page.context().setOffline(true)
      await stage.page.reload()
      await stage.page.getByRole('img', { name: stage.say('qr_label') }).waitFor()
    },
  },
  {
    name: 'ticket-printed',
    show: async (stage) => {
      const [ticket] = await ticketsOf(stage.fan, await buyTwo(stage.fan))
      await openTicket(stage, ticket)
      await stage.page.emulateMedia({ media: 'print' })
    },
  },
]

/** The same fan on another device. */
async function signInOn(url: string, email: string, userAgent: string): Promise<void> {
  const { ok } = await fetch(`${url}/trpc/accounts.signIn`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'user-agent': userAgent },
    body: JSON.stringify({ email, password: 'a long password' }),
  })
  if (!ok) throw new Error('the fan could not sign in')
}

async function buyTwo(fan: VirtualFan): Promise<Reservation> {
  const held = await holdTwo(fan)
  await buy(fan, held)
  return held
}

/** Seats of a date that is cancelled afterwards. */
async function buyForCancelled({ house, fan }: Stage): Promise<void> {
  const concert = await house.newConcert(aClub)
  const pass = await walkIn(fan, concert.concertId)
  await buy(fan, await fan.api.reservations.holdBest.mutate({ showId: concert.shows[0], pass, quantity: 2 }))
  await cancelFirstDate(house, concert)
}

async function refund(fan: VirtualFan, { reservationId }: Reservation): Promise<void> {
  await fan.api.payments.refund.mutate({ reservationId, idempotencyKey: randomUUID() })
}

async function ticketsOf(fan: VirtualFan, { reservationId }: Reservation): Promise<Ticket[]> {
  const tickets = await fan.api.tickets.list.query()
  return tickets.filter((ticket) => ticket.reservationId === reservationId)
}

async function openTicket({ goto, page, say }: Stage, ticket: Ticket | undefined): Promise<void> {
  await goto(`/tickets/${known(ticket, 'ticket').ticketId}`)
  await page.getByRole('img', { name: say('qr_label') }).waitFor()
}

async function reserveInEveryState(stage: Stage): Promise<void> {
  const { fan } = stage
  await holdBriefly(stage)
  await refund(fan, await buyTwo(fan))
  await buyTwo(fan)
  await holdTwo(fan)
}
