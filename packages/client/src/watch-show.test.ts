import { DomainError, type WireError } from '@greenroom/contract'
import fc from 'fast-check'
import { expect, onTestFinished, test, vi } from 'vitest'
import type { LiveState } from './live-deps.ts'
import { defaultLiveSettings } from './live-settings.ts'
import type { SeatState } from './seat-state.ts'
import { createModelGateway, type ModelGateway, passRefused } from './testing/model-gateway.ts'
import { anyStatus, createModelShow, type ModelShow, modelShowId } from './testing/model-show.ts'
import { type SeatSource, watchShow } from './watch-show.ts'

const seatCount = 6
const quick = {
  ...defaultLiveSettings,
  pollAfterMs: 4,
  pollMinMs: 3,
  pollMaxMs: 6,
  retryBaseMs: 2,
  retryCapMs: 8,
  repairSpreadMs: 3,
}

type Watched = {
  show: ModelShow
  gateway: ModelGateway
  seats: () => SeatState | undefined
  states: LiveState[]
  refusals: WireError[]
  stop: () => void
}

function watch(settings = quick, changed: Partial<SeatSource> = {}): Watched {
  const show = createModelShow(seatCount)
  const gateway = createModelGateway(show)
  const { socket, seatSource } = gateway
  const states: LiveState[] = []
  const refusals: WireError[] = []
  let seats: SeatState | undefined
  const { stop } = watchShow(
    { socket, seatSource: { ...seatSource, ...changed }, settings, random: Math.random },
    { showId: modelShowId, pass: 'pass' },
    {
      onSnapshot: (all) => {
        seats = all
      },
      onFrame: () => undefined,
      onState: (state) => states.push(state),
      onRefused: (refusal) => refusals.push(refusal),
    },
  )
  onTestFinished(stop)
  return { show, gateway, seats: () => seats, states, refusals, stop }
}

const converged = async ({ show, seats }: Watched): Promise<void> => {
  await vi.waitFor(() => expect(seats()?.codes).toEqual(show.codes()), { timeout: 5_000, interval: 2 })
}

test('connected: a change arrives by frame and nothing more is asked', async () => {
  const watched = watch()
  watched.gateway.connect()
  await vi.waitFor(() => expect(watched.states).toEqual(['live']))
  watched.show.change(2, 'held')
  watched.gateway.flush()
  expect(watched.seats()?.codes).toEqual(watched.show.codes())
  expect(watched.gateway.asked).toMatchObject({ snapshots: 1, joins: 1, changes: 0 })
})

test('a lost frame is noticed at the next one, and what was missing is asked for', async () => {
  const watched = watch()
  watched.gateway.connect()
  await vi.waitFor(() => expect(watched.states).toEqual(['live']))
  watched.gateway.loseFrames(true)
  watched.show.change(1, 'sold')
  watched.gateway.flush()
  watched.gateway.loseFrames(false)
  watched.show.change(2, 'held')
  watched.gateway.flush()
  await converged(watched)
  expect(watched.gateway.asked).toMatchObject({ snapshots: 1, changes: 1 })
})

test('without the repair a lost frame leaves the map wrong', async () => {
  // an api that says "nothing was missed", whatever was
  const repair: SeatSource['readChanges'] = ({ showId, after }) =>
    Promise.resolve({ showId, from: after, to: after + 1, changes: [] })
  const watched = watch(quick, { readChanges: repair })
  watched.gateway.connect()
  await vi.waitFor(() => expect(watched.states).toEqual(['live']))
  watched.gateway.loseFrames(true)
  watched.show.change(1, 'sold')
  watched.gateway.flush()
  watched.gateway.loseFrames(false)
  watched.show.change(2, 'held')
  watched.gateway.flush()
  await vi.waitFor(() => expect(watched.seats()?.seq).toBe(watched.show.seq()))
  expect(watched.seats()?.codes).not.toEqual(watched.show.codes())
})

test('a lost last frame is noticed at the next heartbeat', async () => {
  const watched = watch()
  watched.gateway.connect()
  await vi.waitFor(() => expect(watched.states).toEqual(['live']))
  watched.gateway.loseFrames(true)
  watched.show.change(1, 'sold')
  watched.gateway.flush()
  watched.gateway.heartbeat()
  await converged(watched)
})

test('what is no longer kept is replaced by a new snapshot', async () => {
  const watched = watch()
  watched.gateway.connect()
  await vi.waitFor(() => expect(watched.states).toEqual(['live']))
  watched.gateway.loseFrames(true)
  for (let ordinal = 0; ordinal < seatCount; ordinal++) watched.show.change(ordinal, 'sold')
  watched.gateway.flush()
  watched.show.trim(1)
  watched.gateway.heartbeat()
  await converged(watched)
  expect(watched.gateway.asked.snapshots).toBe(2)
})

test('a stream that began anew is followed from where it is now', async () => {
  const watched = watch()
  watched.gateway.connect()
  await vi.waitFor(() => expect(watched.states).toEqual(['live']))
  watched.show.change(0, 'held')
  watched.show.restart()
  watched.show.change(3, 'sold')
  watched.gateway.flush()
  await converged(watched)
})

test('with the socket blocked the map is kept up by polling, and the socket takes over when it comes', async () => {
  const watched = watch()
  await vi.waitFor(() => expect(watched.states).toEqual(['polling']))
  watched.show.change(4, 'sold')
  await converged(watched)
  watched.gateway.connect()
  await vi.waitFor(() => expect(watched.states).toEqual(['polling', 'live']))
  watched.show.change(4, 'available')
  watched.gateway.flush()
  expect(watched.seats()?.codes).toEqual(watched.show.codes())
})

test('a socket that comes back says what it has and is told the rest', async () => {
  const watched = watch({ ...quick, pollAfterMs: 60_000 })
  watched.gateway.connect()
  await vi.waitFor(() => expect(watched.states).toEqual(['live']))
  watched.gateway.disconnect()
  watched.show.change(5, 'held')
  watched.gateway.flush()
  watched.gateway.connect()
  await converged(watched)
  expect(watched.states).toEqual(['live', 'reconnecting', 'live'])
  expect(watched.gateway.asked).toMatchObject({ snapshots: 1, changes: 0, joins: 2 })
})

test('a join that is answered over a connection that is gone does not count', async () => {
  const watched = watch()
  await vi.waitFor(() => expect(watched.seats()).toBeDefined())
  watched.gateway.connect()
  await vi.waitFor(() => expect(watched.gateway.asked.joins).toBe(1), { interval: 0 })
  watched.gateway.disconnect()
  watched.gateway.connect()
  await vi.waitFor(() => expect(watched.gateway.asked.joins).toBe(2))
  await vi.waitFor(() => expect(watched.states.at(-1)).toBe('live'))
  watched.show.change(1, 'sold')
  watched.gateway.flush()
  expect(watched.seats()?.codes).toEqual(watched.show.codes())
})

test('a gateway that falls silent is not believed: polling until it speaks again', async () => {
  const watched = watch({ ...quick, silenceMs: 10 })
  watched.gateway.connect()
  await vi.waitFor(() => expect(watched.states.at(-1)).toBe('polling'))
  watched.show.change(0, 'sold')
  await converged(watched)
  watched.gateway.heartbeat()
  expect(watched.states.at(-1)).toBe('live')
})

test('while the stream is away the map is kept up from the rows, connected or not', async () => {
  const watched = watch()
  watched.gateway.connect()
  watched.gateway.failWith(new DomainError('UNAVAILABLE', { retryAfterMs: 0 }), 'stream')
  await vi.waitFor(() => expect(watched.states.at(-1)).toBe('polling'))
  watched.show.change(3, 'sold')
  await converged(watched)
  watched.gateway.failWith(undefined)
  await vi.waitFor(() => expect(watched.states.at(-1)).toBe('live'))
})

test('many gaps at once ask one question at a time', async () => {
  const watched = watch()
  watched.gateway.connect()
  await vi.waitFor(() => expect(watched.states).toEqual(['live']))
  for (let round = 0; round < 20; round++) {
    watched.gateway.loseFrames(round % 2 === 0)
    watched.show.change(round % seatCount, anyStatus(round))
    watched.gateway.flush()
  }
  await converged(watched)
  expect(watched.gateway.asked.mostUnderWay).toBe(1)
})

test('a spent pass ends the watch and lets the socket go', async () => {
  const watched = watch()
  watched.gateway.failWith(passRefused)
  await vi.waitFor(() => expect(watched.refusals.map((refusal) => refusal.code)).toEqual(['PASS_REFUSED']))
  expect(watched.gateway.holders()).toBe(0)
})

test('an overloaded server is asked again later, no sooner than it said', async () => {
  const watched = watch()
  watched.gateway.failWith(new DomainError('OVERLOADED', { retryAfterMs: 60_000 }))
  await vi.waitFor(() => expect(watched.states).toEqual(['reconnecting']))
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(watched.gateway.asked.snapshots).toBe(1)
})

const trouble = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(fc.constant('change'), fc.nat(seatCount - 1), fc.nat(3)) },
  { weight: 4, arbitrary: fc.constant(['flush']) },
  { weight: 2, arbitrary: fc.constantFrom(['connect'], ['disconnect'], ['lose'], ['deliver']) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      ['fail'],
      ['failStream'],
      ['heal'],
      ['trim'],
      ['restart'],
      ['hold'],
      ['heartbeat'],
    ),
  },
  { weight: 2, arbitrary: fc.constant(['pause']) },
)

async function bring(
  { show, gateway }: Watched,
  [what, seat, code]: readonly (string | number)[],
): Promise<void> {
  const acts: Record<string, () => void> = {
    change: () => show.change(Number(seat), anyStatus(Number(code))),
    flush: gateway.flush,
    connect: gateway.connect,
    disconnect: gateway.disconnect,
    lose: () => gateway.loseFrames(true),
    deliver: () => gateway.loseFrames(false),
    fail: () => gateway.failWith(new Error('no connection')),
    failStream: () => gateway.failWith(new Error('no connection'), 'stream'),
    heal: () => gateway.failWith(undefined),
    trim: () => show.trim(1),
    restart: show.restart,
    hold: show.holdPublishing,
    heartbeat: gateway.heartbeat,
  }
  acts[String(what)]?.()
  if (what === 'pause') await new Promise((resolve) => setTimeout(resolve, 2))
}

test('whatever the network does, once it is well again the map is right', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(trouble, { maxLength: 40 }), fc.boolean(), async (troubles, endsConnected) => {
      const watched = watch()
      for (const each of troubles) await bring(watched, each)
      const { show, gateway } = watched
      gateway.failWith(undefined)
      gateway.loseFrames(false)
      if (endsConnected) gateway.connect()
      else gateway.disconnect()
      show.publish()
      gateway.flush()
      const beats = setInterval(gateway.heartbeat, 5)
      await converged(watched).finally(() => {
        clearInterval(beats)
        watched.stop()
      })
      expect(gateway.asked.mostUnderWay).toBeLessThanOrEqual(1)
    }),
    { numRuns: 300 },
  )
})
