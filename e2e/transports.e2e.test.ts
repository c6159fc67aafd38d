import { lineStatus, reservation } from '@greenroom/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { known } from './support/known.ts'
import { club, type OnSale, startOnSale } from './support/on-sale.ts'
import { openTrpcSocket } from './support/trpc-socket.ts'
import { until } from './support/until.ts'
import { hold, signIn, signUpFan, type VirtualFan, walkIn } from './support/virtual-fan.ts'

let sale: OnSale
let operator: VirtualFan

beforeAll(async () => {
  sale = await startOnSale()
  operator = await signIn(sale.url, 'operator@greenroom.example')
})
afterAll(() => sale.close())

test('one HTTP request carries a batch: each call has its own answer, a refused one spoils no other', async () => {
  const paths = ['catalogue.concerts', 'wallet.balance', 'catalogue.concert']
  const input = encodeURIComponent(JSON.stringify({ 2: { concertId: club.concertId } }))
  const response = await fetch(`${sale.url}/trpc/${paths.join(',')}?batch=1&input=${input}`)
  const replies: unknown = await response.json()
  expect(replies).toMatchObject([
    { result: { data: expect.arrayContaining([expect.objectContaining({ concertId: 1 })]) } },
    { error: { data: { domain: { code: 'SIGN_IN_REQUIRED' } } } },
    { result: { data: { concertId: 1 } } },
  ])
})

test('queries, mutations and refusals are the same over WebSocket as over HTTP', async () => {
  const [fan, rival] = await Promise.all([signUpFan(sale.url), signUpFan(sale.url)])
  const rivalPass = await walkIn(rival, club.concertId)
  const socket = await openTrpcSocket(sale.url, fan.token)
  try {
    const joined = await socket.call('mutation', 'waitingRoom.join', { concertId: club.concertId })
    expect(lineStatus.parse(joined).entry.state).not.toBe('none')
    const pass = await walkIn(fan, club.concertId)
    const wish = { showId: club.shows[0], pass, seatIds: [club.seat(1)] }
    const held = reservation.parse(await socket.call('mutation', 'reservations.hold', wish))
    expect(held).toMatchObject({ state: 'HELD', seats: [{ seatId: 1 }] })
    const [listed] = await fan.api.reservations.list.query()
    expect(await socket.call('query', 'reservations.list')).toMatchObject([
      { ...listed, asOfMs: expect.any(Number) },
    ])
    await hold(rival, club.shows[0], rivalPass, [club.seat(2)])
    const taken = { ...wish, seatIds: [club.seat(2)] }
    expect(await socket.call('mutation', 'reservations.hold', taken)).toMatchObject({
      code: 'SEATS_TAKEN',
      details: { seats: [{ seatId: 2, status: 'held' }] },
    })
    expect(await socket.call('mutation', 'reservations.hold', { showId: 0 })).toMatchObject({
      code: 'BAD_INPUT',
    })
  } finally {
    socket.close()
  }
})

test('the subscription tells a waiting fan of the offer that lets them in, and tells nothing to who is not signed in', async () => {
  const fan = await signUpFan(sale.url)
  await operator.api.operator.tuneLine.mutate({ concertId: club.concertId, capacity: 0 })
  await fan.line.join(club.concertId)
  const [socket, stranger] = await Promise.all([
    openTrpcSocket(sale.url, fan.token),
    openTrpcSocket(sale.url, 'no token'),
  ])
  try {
    const entries = socket.subscribe('waitingRoom.onEntry', { concertId: club.concertId })
    const overheard = stranger.subscribe('waitingRoom.onEntry', { concertId: club.concertId })
    const hear = (state: string) =>
      until(`the entry ${state}`, async () => entries.find((entry) => Object(entry).state === state))
    expect(await hear('waiting')).toMatchObject({ ahead: 0 })
    await operator.api.operator.tuneLine.mutate({ concertId: club.concertId, capacity: 200 })
    const offer = lineStatus.shape.entry.parse(await hear('offered'))
    const pass = offer.state === 'offered' ? offer.pass : undefined
    expect(await fan.line.enter(club.concertId, known(pass, 'offer'))).toMatchObject({ state: 'active' })
    expect(overheard).toEqual([])
  } finally {
    socket.close()
    stranger.close()
  }
})
