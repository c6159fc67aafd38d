import {
  accountId,
  concertId,
  DomainError,
  type Entry,
  type LineStatus,
  type QueueProgress,
} from '@greenroom/contract'
import { expect, onTestFinished, test, vi } from 'vitest'
import type { LiveState } from './live-deps.ts'
import { defaultLiveSettings } from './live-settings.ts'
import { createModelGateway } from './testing/model-gateway.ts'
import { createModelShow } from './testing/model-show.ts'
import { receiptOf } from './testing/receipt-of.ts'
import { type OwnAnswer, watchLine } from './watch-line.ts'

const line = concertId.parse(1)
const quick = {
  ...defaultLiveSettings,
  pollAfterMs: 4,
  pollMinMs: 3,
  pollMaxMs: 6,
  retryBaseMs: 2,
  retryCapMs: 8,
  repairSpreadMs: 3,
}

/** A line in memory, one fan in it, and what the fan's page was told. */
function watch(first: Entry, phase: QueueProgress['phase'] = 'open', settings = quick) {
  const gateway = createModelGateway(createModelShow(1))
  const server = {
    entry: first,
    progress: {
      concertId: line,
      epoch: 1,
      phase,
      admittedTotal: 100,
      waiting: 50,
      active: 10,
      capacity: 10,
      outflowPerMinute: 60,
      stock: [],
      asOfMs: 1,
    } as QueueProgress,
    failure: undefined as Error | undefined,
    /** until then no reading is answered */
    held: undefined as Promise<void> | undefined,
    statusReads: 0,
    progressReads: 0,
  }
  const answer = async <T>(value: T): Promise<T> => {
    await server.held
    if (server.failure !== undefined) throw server.failure
    return value
  }
  const told = {
    entries: [] as Entry[],
    places: [] as (number | null)[],
    states: [] as LiveState[],
    progress: [] as QueueProgress[],
    refused: [] as string[],
    kept: [] as Entry[],
  }
  const doing: { answered: (own: OwnAnswer) => void } = { answered: () => undefined }
  const handle = watchLine(
    {
      socket: gateway.socket,
      settings,
      random: Math.random,
      lineSource: {
        readStatus: (): Promise<LineStatus> => {
          server.statusReads += 1
          return answer({
            fanId: accountId.parse(1),
            entry: server.entry,
            progress: server.progress,
            opensAtMs: 0,
            lobbyOpensAtMs: null,
            draw: null,
          })
        },
        readProgress: () => {
          server.progressReads += 1
          return answer(server.progress)
        },
        keepEntry: (_, entry) => told.kept.push(entry),
        onAnswer: (_, tell) => {
          doing.answered = tell
          return () => undefined
        },
      },
    },
    { concertId: line },
    {
      onEntry: (entry) => told.entries.push(entry),
      onPlace: (place) => told.places.push(place),
      onProgress: (progress) => told.progress.push(progress),
      onState: (state) => told.states.push(state),
      onRefused: (refusal) => told.refused.push(refusal.code),
    },
  )
  onTestFinished(handle.stop)
  const tick = (change: Partial<QueueProgress>): void => {
    server.progress = { ...server.progress, asOfMs: server.progress.asOfMs + 1, ...change }
    gateway.push('queue', server.progress)
  }
  return { gateway, server, told, tick, answer: (own: OwnAnswer) => doing.answered(own), ...handle }
}

const waiting = (
  ahead: number | null,
  refreshAfterMs = 3_600_000,
  receipt = receiptOf({ e: 1, s: 7 }),
): Entry => ({
  state: 'waiting',
  receipt,
  ahead,
  admittedTotalAtRead: 100,
  asOfMs: 1,
  refreshAfterMs,
})
const offered: Entry = { state: 'offered', pass: 'pass', claimBeforeMs: 100_000, asOfMs: 1 }
const joined = ({ told }: ReturnType<typeof watch>) =>
  vi.waitFor(() => expect(told.states.at(-1)).toBe('live'), { timeout: 5_000 })

test('the place moves on with the shared message alone: nothing is asked for it', async () => {
  const watched = watch(waiting(20))
  watched.gateway.connect()
  await joined(watched)
  watched.tick({ admittedTotal: 105 })
  watched.tick({ admittedTotal: 112 })
  expect(watched.told.places).toEqual([20, 15, 8])
  expect(watched.server).toMatchObject({ statusReads: 1, progressReads: 0 })
})

test('a fan who left and joined again on another device is shown the new place, though it is further behind', async () => {
  const watched = watch(waiting(20))
  watched.gateway.connect()
  await joined(watched)
  watched.server.entry = waiting(50, 3_600_000, receiptOf({ e: 1, s: 8 }))
  watched.refresh()
  await vi.waitFor(() => expect(watched.told.places).toEqual([20, 50]))
})

test('the shown place never rises, also when an exact reading is higher', async () => {
  const watched = watch(waiting(20))
  watched.gateway.connect()
  await joined(watched)
  watched.tick({ admittedTotal: 110 })
  watched.server.entry = { ...waiting(30), admittedTotalAtRead: 110 } as Entry
  watched.refresh()
  await vi.waitFor(() => expect(watched.server.statusReads).toBe(2))
  expect(watched.told.places).toEqual([20, 10])
})

test('a message that is older than what is known is dropped', async () => {
  const watched = watch(waiting(20))
  watched.gateway.connect()
  await joined(watched)
  watched.tick({ admittedTotal: 110, asOfMs: 50 })
  const heard = watched.told.progress.length
  watched.tick({ admittedTotal: 103, asOfMs: 40 })
  expect(watched.told.progress).toHaveLength(heard)
})

test('the turn is told the moment it is pushed, and kept', async () => {
  const watched = watch(waiting(20))
  watched.gateway.connect()
  await joined(watched)
  watched.gateway.push('entry', { concertId: line, entry: offered })
  expect(watched.told.entries.at(-1)).toEqual(offered)
  expect(watched.told.kept.at(-1)).toEqual(offered)
  expect(watched.told.places.at(-1)).toBeNull()
})

test('what the fan did is told by its answer, without a question; the next reading is when the answer says', async () => {
  const watched = watch({ state: 'none' })
  watched.gateway.connect()
  await joined(watched)
  watched.answer({ entry: waiting(20) })
  expect(watched.told.places).toEqual([null, 20])
  watched.answer({ entry: { state: 'none' } })
  expect(watched.told.entries.at(-1)).toEqual({ state: 'none' })
  expect(watched.server.statusReads).toBe(1)
  watched.answer({ entry: waiting(20, 5) })
  await vi.waitFor(() => expect(watched.server.statusReads).toBeGreaterThan(1))
})

test('an answer that a pushed turn overtook on its way is not believed: it is read', async () => {
  const watched = watch({ state: 'none' })
  watched.gateway.connect()
  await joined(watched)
  watched.server.entry = { ...offered, asOfMs: 9 }
  watched.gateway.push('entry', { concertId: line, entry: watched.server.entry })
  watched.answer({ entry: waiting(20) })
  await vi.waitFor(() => expect(watched.server.statusReads).toBe(2))
  expect(watched.told.entries.map(({ state }) => state)).toEqual(['none', 'offered', 'offered'])
})

test.each(['a refresh', 'a push of no place'] as const)(
  '%s while a reading is under way is not answered by it: it is read once more',
  async (what) => {
    const watched = watch(waiting(20))
    watched.gateway.connect()
    await joined(watched)
    const { promise, resolve } = Promise.withResolvers<void>()
    watched.server.held = promise
    watched.refresh()
    await vi.waitFor(() => expect(watched.server.statusReads).toBe(2))
    watched.server.entry = { state: 'none' }
    if (what === 'a refresh') watched.refresh()
    else watched.gateway.push('entry', { concertId: line, entry: watched.server.entry })
    watched.server.held = undefined
    resolve()
    await vi.waitFor(() => expect(watched.told.entries.at(-1)).toEqual({ state: 'none' }))
    expect(watched.server.statusReads).toBe(3)
  },
)

test('a socket that connects while the first reading is under way does not make it two', async () => {
  const watched = watch(waiting(20))
  const { promise, resolve } = Promise.withResolvers<void>()
  watched.server.held = promise
  watched.gateway.connect()
  resolve()
  await joined(watched)
  await new Promise((pause) => setTimeout(pause, 20))
  expect(watched.server.statusReads).toBe(1)
})

test('a pushed "no place" is not believed: the proof is shown first', async () => {
  const watched = watch(waiting(20))
  watched.gateway.connect()
  await joined(watched)
  watched.gateway.push('entry', { concertId: line, entry: { state: 'none' } })
  await vi.waitFor(() => expect(watched.server.statusReads).toBe(2))
  expect(watched.told.kept.map((entry) => entry.state)).toEqual(['waiting', 'waiting'])
})

test('when the line began a new epoch, the proof is shown again', async () => {
  const watched = watch(waiting(20))
  watched.gateway.connect()
  await joined(watched)
  watched.tick({ epoch: 2, waiting: 0 })
  await vi.waitFor(() => expect(watched.server.statusReads).toBe(2), { timeout: 5_000 })
})

test('when the draw is over, the number is read', async () => {
  const watched = watch(waiting(null), 'lobby')
  watched.gateway.connect()
  await joined(watched)
  watched.server.entry = waiting(17)
  watched.tick({ phase: 'open' })
  await vi.waitFor(() => expect(watched.told.places).toEqual([null, 17]), { timeout: 5_000 })
})

test('the exact place is read again when the server said so', async () => {
  const watched = watch(waiting(20, 5))
  watched.gateway.connect()
  await vi.waitFor(() => expect(watched.server.statusReads).toBeGreaterThan(3))
})

test('an offer that ran out is noticed without a push', async () => {
  const watched = watch({ ...offered, claimBeforeMs: 2 })
  watched.gateway.connect()
  await joined(watched)
  watched.server.entry = { state: 'none' }
  await vi.waitFor(() => expect(watched.told.entries.at(-1)).toEqual({ state: 'none' }), { timeout: 5_000 })
})

test('without a socket the shared numbers are polled, the own place only when due', async () => {
  const watched = watch(waiting(20))
  await vi.waitFor(() => expect(watched.server.progressReads).toBeGreaterThan(3))
  expect(watched.told.states).toEqual(['polling'])
  expect(watched.server.statusReads).toBe(1)
  watched.server.progress = { ...watched.server.progress, admittedTotal: 115, asOfMs: 9 }
  await vi.waitFor(() => expect(watched.told.places.at(-1)).toBe(5))
})

test('a line that falls silent is asked, now and then', async () => {
  const watched = watch(waiting(20), 'open', { ...quick, silenceMs: 20 })
  watched.gateway.connect()
  await joined(watched)
  watched.server.progress = { ...watched.server.progress, admittedTotal: 109, asOfMs: 9 }
  await vi.waitFor(() => expect(watched.told.places.at(-1)).toBe(11))
  expect(watched.told.states).toEqual(['live'])
})

test('a line that is being rebuilt is asked again, and the watch goes on', async () => {
  const watched = watch(waiting(20))
  watched.server.failure = new DomainError('LINE_REBUILDING', { retryAfterMs: 5 })
  await vi.waitFor(() => expect(watched.told.states).toEqual(['reconnecting']))
  watched.server.failure = undefined
  await vi.waitFor(() => expect(watched.told.places).toEqual([20]))
})

test('who is signed out is told once, and nothing more is asked', async () => {
  const watched = watch(waiting(20))
  watched.server.failure = new DomainError('SIGN_IN_REQUIRED', {})
  watched.refresh()
  await vi.waitFor(() => expect(watched.told.refused).toEqual(['SIGN_IN_REQUIRED']))
  const { statusReads } = watched.server
  await new Promise((resolve) => setTimeout(resolve, 30))
  expect(watched.server.statusReads).toBe(statusReads)
  expect(watched.gateway.holders()).toBe(0)
})

test('other lines and other concerts’ entries are not ours', async () => {
  const watched = watch(waiting(20))
  watched.gateway.connect()
  await joined(watched)
  const heard = watched.told.progress.length
  const other = concertId.parse(2)
  watched.gateway.push('queue', { ...watched.server.progress, concertId: other, asOfMs: 99 })
  watched.gateway.push('entry', { concertId: other, entry: offered })
  expect(watched.told.progress).toHaveLength(heard)
  expect(watched.told.entries).toHaveLength(1)
})
