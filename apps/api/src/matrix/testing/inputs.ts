import { randomUUID } from 'node:crypto'
import { sessionId } from '@greenroom/contract'
import type { AppRouter, guards } from '@greenroom/router'
import type { inferRouterInputs } from '@trpc/server'
import { type Owned, password } from './world.ts'

type Guards = typeof guards
type Wire = inferRouterInputs<AppRouter>
/** Procedures that somebody who is no operator may call. */
type Open<R extends keyof Guards> = {
  [P in keyof Guards[R]]: Guards[R][P] extends { role: 'operator' } ? never : P
}[keyof Guards[R]]
type InputOf<R extends keyof Guards, P> = R extends keyof Wire
  ? P extends keyof Wire[R]
    ? Wire[R][P]
    : never
  : never
type Inputs = {
  [R in keyof Guards as Open<R> extends never ? never : R]: {
    [P in Open<R>]: (owned: Owned) => InputOf<R, P>[]
  }
}

const key = () => ({ idempotencyKey: randomUUID() })
const nothing = () => [undefined]
const ofConcert = ({ show }: Owned) => [{ concertId: show.concertId }]
const ofShow = ({ show, pass }: Owned) => ({ showId: show.showId, pass })
const freeSeat = ({ show }: Owned) => show.seatIds.slice(-1)

/**
 * What is asked for in each cell: always the owner's own things, whoever asks. A procedure without a row does not compile;
 * operators' need none, since they are refused to others before their input is read.
 */
const inputs: Inputs = {
  accounts: {
    signUp: () => [{ email: `${randomUUID()}@test.example`, password, name: 'New', locale: 'en' }],
    signIn: ({ owner }) => [{ email: owner.email, password: 'not the password' }],
    signOut: nothing,
    signOutEverywhere: nothing,
    sessions: nothing,
    endSession: ({ elsewhere }) => [{ sessionId: sessionId.parse(elsewhere.sessionId) }],
    me: nothing,
    updateMe: () => [{ name: 'Renamed' }],
    changePassword: () => [{ currentPassword: password, newPassword: 'another password' }],
  },
  catalogue: {
    concerts: nothing,
    concert: ofConcert,
    stock: ({ show }) => [{ showId: show.showId }],
  },
  payments: {
    pay: ({ heldId }) => [{ reservationIds: [heldId], ...key() }],
    refund: ({ paidId }) => [{ reservationId: paidId, ...key() }],
    get: ({ paymentId }) => [{ paymentId }],
    list: nothing,
  },
  reservations: {
    hold: (owned) => [{ ...ofShow(owned), seatIds: freeSeat(owned) }],
    holdBest: (owned) => [{ ...ofShow(owned), quantity: 1 }],
    release: ({ heldId }) => [{ reservationId: heldId }],
    get: ({ heldId, paidId }) => [{ reservationId: heldId }, { reservationId: paidId }],
    list: nothing,
    live: ofConcert,
  },
  seats: {
    snapshot: (owned) => [ofShow(owned)],
    list: (owned) => [ofShow(owned)],
    changes: (owned) => [{ ...ofShow(owned), after: 0 }],
  },
  tickets: {
    list: nothing,
    get: ({ ticketId }) => [{ ticketId }],
    keys: nothing,
  },
  waitingRoom: {
    join: ({ show, pass, waiting }) => [{ concertId: show.concertId, pass }, waiting],
    status: ({ show, pass, waiting }) => [{ concertId: show.concertId, pass }, waiting],
    enter: ({ show, pass }) => [{ concertId: show.concertId, pass }],
    leave: ofConcert,
    useCode: ({ show }) => [{ concertId: show.concertId, code: 'NOT-A-CODE' }],
    progress: ofConcert,
    onEntry: ofConcert,
  },
  wallet: {
    balance: nothing,
    charge: () => [{ amountMinor: 1_000, ...key() }],
    statement: () => [{}],
  },
}

/** The inputs of a procedure by its path; for an operators' one an empty one. */
export function inputsOf(path: string, owned: Owned): unknown[] {
  const [router = '', procedure = ''] = path.split('.')
  const make: unknown = Reflect.get(Object(Reflect.get(inputs, router)), procedure)
  if (typeof make !== 'function') return [{}]
  const made: unknown = Reflect.apply(make, undefined, [owned])
  if (!Array.isArray(made)) throw new Error(`${path} has no list of inputs`)
  return made
}
