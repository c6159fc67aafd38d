import { concertId, type QueueProgress, seatId, showId } from '@greenroom/contract'
import { createDemoDatabase, createTestRedis, startProcesses } from '@greenroom/stack'
import { afterAll, expect, onTestFinished, test } from 'vitest'
import { createGreenroom } from './create-greenroom.ts'
import { greenroomError } from './greenroom-error.ts'
import { club, letIn, patiently, signedIn, watchSeats } from './testing/demo-fans.ts'

const [database, redis] = await Promise.all([createDemoDatabase(), createTestRedis()])
const processes = await startProcesses({ databaseUrl: database.url, redisUrl: redis.url })
afterAll(async () => {
  await processes.stop()
  await Promise.all([database.drop(), redis.drop()])
})

const date = showId.parse(1)

test('a gateway restart: the client polls meanwhile, comes back, and repairs the gap', async () => {
  const [watcher, buyer] = await Promise.all([letIn(processes, 1), letIn(processes, 2)])
  const seen = watchSeats(watcher.greenroom, date, watcher.pass)
  await expect.poll(() => seen.states.at(-1), patiently).toBe('live')

  await processes.gateway.kill()
  const first = seatId.parse(1)
  const { reservationId } = await buyer.greenroom.api.reservations.hold.mutate({
    showId: date,
    pass: buyer.pass,
    seatIds: [first],
  })
  await expect.poll(() => seen.statusOf(first), patiently).toBe('held')
  expect(seen.states).toContain('polling')

  await buyer.greenroom.api.reservations.release.mutate({ reservationId })
  await processes.gateway.start()
  await expect.poll(() => seen.states.at(-1), patiently).toBe('live')
  await expect.poll(() => seen.statusOf(first), patiently).toBe('available')

  const second = seatId.parse(2)
  await buyer.greenroom.api.reservations.hold.mutate({ showId: date, pass: buyer.pass, seatIds: [second] })
  await expect.poll(() => seen.statusOf(second), patiently).toBe('held')
})

test('a gateway that goes in good order is left before it is gone, and found again', async () => {
  const watcher = await letIn(processes, 3)
  const seen = watchSeats(watcher.greenroom, date, watcher.pass)
  await expect.poll(() => seen.states.at(-1), patiently).toBe('live')
  await processes.gateway.stop()
  expect(seen.states.at(-1)).not.toBe('live')
  await processes.gateway.start()
  await expect.poll(() => seen.states.at(-1), patiently).toBe('live')
})

test('with sockets blocked the seats are kept up by polling', async () => {
  // nothing listens there: what a page behind a strict proxy sees
  const [watcher, buyer] = await Promise.all([
    letIn(processes, 4, { gatewayUrl: 'http://127.0.0.1:9' }),
    letIn(processes, 5),
  ])
  const seen = watchSeats(watcher.greenroom, date, watcher.pass)
  await expect.poll(() => seen.states.at(-1), patiently).toBe('polling')
  const third = seatId.parse(3)
  await buyer.greenroom.api.reservations.hold.mutate({ showId: date, pass: buyer.pass, seatIds: [third] })
  await expect.poll(() => seen.statusOf(third), patiently).toBe('held')
})

test('with WebSocket blocked the socket works over long polling', async () => {
  const watcher = await letIn(processes, 6, { transports: ['polling'] })
  const seen = watchSeats(watcher.greenroom, date, watcher.pass)
  await expect.poll(() => seen.states.at(-1), patiently).toBe('live')
})

test("a line's numbers come with each tick, by socket and without one", async () => {
  const watchFor = async (fan: number, options: { gatewayUrl?: string }): Promise<void> => {
    const { greenroom } = await letIn(processes, fan, options)
    const heard: QueueProgress[] = []
    const entries: string[] = []
    const watch = greenroom.live.watchLine(club, {
      onProgress: (progress) => heard.push(progress),
      onEntry: (entry) => entries.push(entry.state),
    })
    onTestFinished(watch.stop)
    await expect.poll(() => heard.length, patiently).toBeGreaterThan(2)
    expect(entries[0]).toBe('active')
    expect(new Set(heard.map((progress) => progress.concertId))).toEqual(new Set([club]))
  }
  await Promise.all([watchFor(7, {}), watchFor(8, { gatewayUrl: 'http://127.0.0.1:9' })])
})

test('a turn is waited for by socket, claimed when it comes, and the pass holds seats', async () => {
  const operator = createGreenroom({ apiUrl: processes.url })
  const asOperator = { email: 'operator@greenroom.example', password: 'greenroom' }
  operator.setToken((await operator.api.accounts.signIn.mutate(asOperator)).token)
  const tune = (capacity: number) => operator.api.operator.tuneLine.mutate({ concertId: club, capacity })
  onTestFinished(() => tune(200))
  await tune(0)

  const { greenroom } = await signedIn(processes, 10)
  const places: (number | null)[] = []
  const turn = greenroom.live.waitForTurn(club, { onPlace: (ahead) => places.push(ahead) })
  await expect.poll(() => places, patiently).toContain(0)
  const impatient = await signedIn(processes, 11)
  const given = impatient.greenroom.live.waitForTurn(club, { signal: AbortSignal.timeout(50) })
  await expect(given).rejects.toThrow(/timeout/)

  await tune(200)
  const pass = await turn
  const held = await greenroom.api.reservations.hold.mutate({
    showId: date,
    pass,
    seatIds: [seatId.parse(10)],
  })
  expect(held.state).toBe('HELD')
  expect(await greenroom.live.waitForTurn(club)).toBe(pass)
})

test('waiting for a turn in a line that takes nobody in, or that is not there, is refused by name', async () => {
  const { greenroom } = await signedIn(processes, 12)
  const closed = await greenroom.live.waitForTurn(concertId.parse(999)).catch(greenroomError)
  expect(closed).toMatchObject({ code: 'NOT_FOUND', details: { what: 'concert' } })
  greenroom.setToken(undefined)
  const stranger = await greenroom.live.waitForTurn(club).catch(greenroomError)
  expect(stranger).toMatchObject({ code: 'SIGN_IN_REQUIRED' })
})

test('the own holds are told on every device', async () => {
  const { greenroom, pass } = await letIn(processes, 8)
  const phone = await letIn(processes, 8)
  // the gateway follows the shows that somebody watches
  const seen = watchSeats(greenroom, date, pass)
  await expect.poll(() => seen.states.at(-1), patiently).toBe('live')
  const holds: string[] = []
  onTestFinished(phone.greenroom.live.watchHolds((hold) => holds.push(hold.state)))
  await expect
    .poll(async () => {
      const { reservationId } = await greenroom.api.reservations.hold.mutate({
        showId: date,
        pass,
        seatIds: [seatId.parse(8)],
      })
      await greenroom.api.reservations.release.mutate({ reservationId })
      return holds
    }, patiently)
    .toContain('RELEASED')
})

test('the own entry comes over the tRPC subscription too', async () => {
  const { greenroom } = await letIn(processes, 9)
  const states: string[] = []
  const subscription = greenroom.api.waitingRoom.onEntry.subscribe(
    { concertId: club },
    { onData: (entry) => states.push(entry.state) },
  )
  onTestFinished(() => subscription.unsubscribe())
  await expect.poll(() => states, patiently).toEqual(['active'])
})
