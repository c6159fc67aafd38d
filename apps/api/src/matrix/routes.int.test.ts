import { type Guard, guardOf } from '@greenroom/router'
import { describe, expect, test } from 'vitest'
import type { Route } from '../rest/route.ts'
import { v1Routes } from '../rest/v1/index.ts'
import { inputsOf } from './testing/inputs.ts'
import { callers, faultsOf, isNobody, lookAround } from './testing/judge.ts'
import { sendRest } from './testing/send-rest.ts'
import { openMatrix } from './testing/open-matrix.ts'
import { makeOthers, makeOwned } from './testing/world.ts'

const { deps, seatMirror, routes, origin, halls } = await openMatrix()
const others = await makeOthers(deps, seatMirror, halls)
const owned = await makeOwned(deps, seatMirror, halls)
const cells = new Set<string>()

/** Which procedure each operation of `/v1` calls. */
const procedureOf: Record<string, string> = {
  signUp: 'accounts.signUp',
  signIn: 'accounts.signIn',
  signOut: 'accounts.signOut',
  readMe: 'accounts.me',
  updateMe: 'accounts.updateMe',
  changePassword: 'accounts.changePassword',
  listConcerts: 'catalogue.concerts',
  readConcert: 'catalogue.concert',
  listShows: 'catalogue.concert',
  readStock: 'catalogue.stock',
  joinQueue: 'waitingRoom.join',
  readQueuePlace: 'waitingRoom.status',
  leaveQueue: 'waitingRoom.leave',
  readQueueProgress: 'waitingRoom.progress',
  listSeats: 'seats.list',
  holdSeats: 'reservations.hold',
  holdBestSeats: 'reservations.holdBest',
  listReservations: 'reservations.list',
  readReservation: 'reservations.get',
  releaseReservation: 'reservations.release',
  refundReservation: 'payments.refund',
  readWallet: 'wallet.balance',
  chargeWallet: 'wallet.charge',
  listTransfers: 'wallet.statement',
  pay: 'payments.pay',
  listPayments: 'payments.list',
  readPayment: 'payments.get',
  listTickets: 'tickets.list',
  readTicketKeys: 'tickets.keys',
  readTicket: 'tickets.get',
  admitTicket: 'tickets.admit',
}

/** The guard of the procedure; `/v1` asks who it is where there would be nothing to say to nobody. */
function guardOfRoute({ operationId, proofs }: Route): { path: string; guard: Guard } {
  const path = procedureOf[operationId] ?? ''
  const guard = guardOf(path)
  if (guard === undefined) throw new Error(`of ${operationId} nobody said which procedure it calls`)
  return { path, guard: guard.role === 'anyone' && proofs.length > 0 ? { ...guard, role: 'fan' } : guard }
}

describe.for(v1Routes.map((route): [string, Route] => [`${route.method} ${route.path}`, route]))(
  '%s',
  ([name, route]) => {
    test('does for each caller what the guard of its procedure says, and changes nothing of the owner’s for another', async () => {
      const { path, guard } = guardOfRoute(route)
      const isOfAccount = path.startsWith('accounts.')
      // what they do there is to sign out and to change their passwords; what is only read is there for the next route too
      const people = isOfAccount ? await makeOthers(deps, seatMirror, halls) : others
      const theirs =
        route.method === 'GET' || guard.role === 'operator' ? owned : await makeOwned(deps, seatMirror, halls)
      const faults: string[] = []
      let before = await lookAround(deps, theirs)
      for (const caller of callers) {
        const token = caller === 'owner' ? theirs.owner.token : people[caller]?.token
        for (const input of inputsOf(path, theirs)) {
          const answer = await sendRest(origin, route, { input, token })
          const after = await lookAround(deps, theirs)
          const found = faultsOf({ guard, caller, answer, before, after, secrets: theirs.secrets })
          faults.push(...found.map((fault) => `${caller} ${fault}: ${answer.text.slice(0, 300)}`))
          before = after
        }
        cells.add(`${name} ${caller}`)
      }
      expect(faults).toEqual([])
    })
  },
)

/** Routes with a guard of their own: neither a procedure's nor a partner's. */
const plain = routes().filter(
  ({ guard }) => guard !== undefined && guard.role !== 'procedure' && guard.role !== 'partner',
)
test('each plain route is answered to each caller as its guard says, and changes nothing', async () => {
  const before = await lookAround(deps, owned)
  const faults: string[] = []
  for (const { method, url, guard } of plain) {
    for (const caller of callers) {
      const token = caller === 'owner' ? owned.owner.token : others[caller]?.token
      const reply = await fetch(new URL(url.replace(/:\w+|\*/g, 'x'), origin), {
        method,
        headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
      })
      const text = await reply.text()
      const isLetIn = guard?.role === 'anyone' || caller === 'operator'
      const refusal = isLetIn ? undefined : isNobody(caller) ? 401 : 403
      const isRight = refusal === undefined ? ![401, 403].includes(reply.status) : reply.status === refusal
      if (!isRight) faults.push(`${method} ${url}: ${caller} was answered ${reply.status}`)
      if (owned.secrets.some((secret) => text.includes(secret)))
        faults.push(`${method} ${url}: ${caller} was told a secret`)
      cells.add(`${method} ${url} ${caller}`)
    }
  }
  expect(faults).toEqual([])
  expect(await lookAround(deps, owned)).toEqual(before)
})

test('every cell was judged: routes by callers', () => {
  expect(Object.keys(procedureOf).toSorted()).toEqual(
    v1Routes.map(({ operationId }) => operationId).toSorted(),
  )
  expect(cells.size).toBe((v1Routes.length + plain.length) * callers.length)
})
