import { randomUUID } from 'node:crypto'
import type { AccountId, PaymentId, ReservationId, TicketId } from '@greenroom/contract'
import {
  charge,
  type Deps,
  holdSeats,
  joinLine,
  listTickets,
  pay,
  type SeatMirror,
  signIn,
  signOut,
  signUp,
  verifySession,
} from '@greenroom/core'
import { givePass, makeShow, setRole, type TestShow } from '@greenroom/core/testing'

export type Person = { accountId: AccountId; sessionId: number; email: string; token: string }

export const password = 'greenroom'

/** What one fan has, and what would tell somebody else of it. */
export type Owned = {
  owner: Person
  /** The owner's session on another device. */
  elsewhere: Person
  show: TestShow
  /** Inside the sale of `show`. */
  pass: string
  /** In the line of another concert, which lets nobody in. */
  waiting: { concertId: TestShow['concertId']; receipt: string }
  heldId: ReservationId
  paidId: ReservationId
  paymentId: PaymentId
  ticketId: TicketId
  secrets: string[]
}

/** Somebody new; `role` operator: signed in as one. */
export async function makePerson(deps: Deps, role: 'fan' | 'operator' = 'fan'): Promise<Person> {
  const credentials = { email: `${randomUUID()}@test.example`, password }
  const made = await signUp(deps, { ...credentials, name: `Named ${randomUUID()}`, locale: 'en' })
  if (role === 'fan') return personOf(deps, credentials.email, made.token)
  await setRole(deps, credentials.email, 'operator')
  return personOf(deps, credentials.email, (await signIn(deps, credentials)).token)
}

/** Somebody whose token was good until a moment ago. */
async function makeRevoked(deps: Deps): Promise<Person> {
  const person = await makePerson(deps)
  const session = verifySession(deps, person.token)
  if (session === undefined) throw new Error('no session')
  await signOut(deps, session)
  return person
}

/** A fan with one of everything: two devices, a pass, a place in a line, a hold, a payment, a ticket, money. */
export async function makeOwned(
  deps: Deps,
  mirror: SeatMirror,
  { show, shut }: { show: TestShow; shut: TestShow },
): Promise<Owned> {
  const owner = await makePerson(deps)
  const { accountId: fanId, email } = owner
  const elsewhere = personOf(deps, email, (await signIn(deps, { email, password })).token)
  const { concertId, showId } = show
  const bought = await makeShow(deps, { seatCount: 4 })
  const hold = async (at: TestShow, pass: string) =>
    await holdSeats(deps, { fanId, showId: at.showId, pass, seatIds: at.seatIds.slice(0, 1), mirror })
  const paid = await hold(bought, await givePass(deps, { concertId: bought.concertId, fanId }))
  await charge(deps, { fanId, amountMinor: 1_000_000, idempotencyKey: randomUUID() })
  const payment = await pay(deps, {
    fanId,
    reservationIds: [paid.reservationId],
    idempotencyKey: randomUUID(),
  })
  const pass = await givePass(deps, { concertId, fanId })
  const free = show.seatIds.find((seatId) => !taken.has(seatId))
  if (free === undefined) throw new Error('the show is sold out')
  taken.add(free)
  const held = await holdSeats(deps, { fanId, showId, pass, seatIds: [free], mirror })
  const { entry } = await joinLine(deps, { concertId: shut.concertId, fanId })
  if (entry.state !== 'waiting') throw new Error(`the fan is ${entry.state}`)
  const [ticket] = await listTickets(deps, fanId)
  if (ticket === undefined) throw new Error('no ticket')
  return {
    owner,
    elsewhere,
    show,
    pass,
    waiting: { concertId: shut.concertId, receipt: entry.receipt },
    heldId: held.reservationId,
    paidId: paid.reservationId,
    paymentId: payment.paymentId,
    ticketId: ticket.ticketId,
    secrets: [email, owner.token, elsewhere.token, pass, entry.receipt, ticket.code],
  }
}

/** Everybody but the owner. */
export async function makeOthers(deps: Deps, mirror: SeatMirror, halls: { show: TestShow; shut: TestShow }) {
  const [revoked, stranger, operator, other] = await Promise.all([
    makeRevoked(deps),
    makePerson(deps),
    makePerson(deps, 'operator'),
    makeOwned(deps, mirror, halls),
  ])
  return { 'signed out': undefined, revoked, stranger, 'other fan': other.owner, operator }
}

const taken = new Set<number>()

function personOf(deps: Deps, email: string, token: string): Person {
  const session = verifySession(deps, token)
  if (session === undefined) throw new Error('the token opened no session')
  return { accountId: session.accountId, sessionId: session.sessionId, email, token }
}
