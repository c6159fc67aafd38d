import {
  accountId,
  concertId,
  DomainError,
  type Entry,
  type LineStatus,
  type QueueProgress,
} from '@greenroom/contract'
import { expect, onTestFinished, test, vi } from 'vitest'
import type { Api } from './api.ts'
import { createLine, type Line } from './line-source.ts'
import { defaultLiveSettings } from './live-settings.ts'
import { createPlaceStore } from './place-store.ts'
import { shareLine, tellTabs } from './share-line.ts'
import type { Tabs } from './tabs.ts'
import { createModelGateway } from './testing/model-gateway.ts'
import { createModelShow } from './testing/model-show.ts'
import { receiptOf } from './testing/receipt-of.ts'

const quick = {
  ...defaultLiveSettings,
  pollAfterMs: 4,
  pollMinMs: 3,
  pollMaxMs: 6,
  retryBaseMs: 2,
  retryCapMs: 8,
  repairSpreadMs: 3,
  silenceMs: 150,
  helloMs: 40,
}
let browsers = 0

/** A browser with a name space of its own for locks and channels, one fan signed in, and the line's server behind it. */
function openBrowser() {
  browsers += 1
  const line = concertId.parse(browsers)
  const server: { entry: Entry; progress: QueueProgress; reads: number } = {
    entry: waiting(20),
    progress: {
      concertId: line,
      epoch: 1,
      phase: 'open',
      admittedTotal: 100,
      waiting: 50,
      active: 10,
      capacity: 10,
      outflowPerMinute: 60,
      stock: [],
      asOfMs: 1,
    },
    reads: 0,
  }
  return { line, server, openTab: (settings = quick) => openTab({ line, server }, settings) }
}

function waiting(ahead: number, receipt = receiptOf({ e: 1, s: 7 })): Entry {
  return {
    state: 'waiting',
    receipt,
    ahead,
    admittedTotalAtRead: 100,
    asOfMs: 1,
    refreshAfterMs: 3_600_000,
  }
}

const inside: Entry = { state: 'active', pass: 'pass', expiresAtMs: 100_000, asOfMs: 1 }

type Browser = {
  line: QueueProgress['concertId']
  server: ReturnType<typeof openBrowser>['server']
}

function statusOf({ entry, progress }: Browser['server']): LineStatus {
  return { fanId: accountId.parse(1), entry, progress, opensAtMs: 0, lobbyOpensAtMs: null, draw: null }
}

/** A page of that browser: its own socket, what it was told, and how it may end. */
function openTab({ line, server }: Browser, settings = quick) {
  const gateway = createModelGateway(createModelShow(1))
  const told = { states: [] as string[], places: [] as (number | null)[], refused: [] as string[] }
  const asked = { status: 0, changes: 0 }
  const entries: Entry[] = []
  let isFrozen = false
  let isHidden = false
  let failure: Error | undefined
  const channels: BroadcastChannel[] = []
  const tabs: Tabs = {
    locks: navigator.locks,
    openChannel: (name) => {
      const channel = new BroadcastChannel(name)
      channels.push(channel)
      return {
        postMessage: (message) => isFrozen || channel.postMessage(message),
        addEventListener: (event, listener) =>
          channel.addEventListener(event, (message) => {
            if (!isFrozen) listener({ data: message.data })
          }),
        close: () => channel.close(),
      }
    },
    isVisible: () => !isHidden && !isFrozen,
  }
  const status = (): LineStatus => statusOf(server)
  const change = <T>(entry: Entry, answer: () => T) => {
    server.entry = entry
    return Promise.resolve(answer())
  }
  const waitingRoom = {
    status: {
      query: () => {
        asked.status += 1
        server.reads += 1
        return failure === undefined ? Promise.resolve(status()) : Promise.reject(failure)
      },
    },
    progress: { query: () => Promise.resolve(server.progress) },
    join: { mutate: () => change(waiting(20), status) },
    enter: { mutate: () => change(inside, () => inside) },
    leave: { mutate: () => change({ state: 'none' }, () => undefined) },
  }
  const ownLine = createLine({ waitingRoom } as unknown as Api, createPlaceStore())
  const lineSource: Line = {
    ...ownLine,
    noteChange: (...noted) => {
      asked.changes += 1
      ownLine.noteChange(...noted)
    },
  }
  const watch = shareLine(
    { socket: gateway.socket, settings, random: Math.random, lineSource, tabs },
    { concertId: line },
    {
      onProgress: () => undefined,
      onEntry: (entry) => entries.push(entry),
      onPlace: (place) => told.places.push(place),
      onState: (state) => told.states.push(state),
      onRefused: (refusal) => told.refused.push(refusal.code),
    },
  )
  onTestFinished(watch.stop)
  return {
    ...watch,
    line: lineSource,
    concertId: line,
    gateway,
    told,
    asked,
    entries,
    /** Whether it is this tab that asks the server and holds the socket. */
    leads: () => gateway.holders() > 0,
    freeze: () => {
      isFrozen = true
    },
    hide: () => {
      isHidden = true
    },
    failWith: (error: Error) => {
      failure = error
    },
  }
}

/** So many tabs, the first of which leads and is live. */
async function openTabs(count: number, first = waiting(20), settings = quick) {
  const { openTab: open, server } = openBrowser()
  server.entry = first
  const leader = open(settings)
  leader.gateway.connect()
  await vi.waitFor(() => expect(leader.told.states.at(-1)).toBe('live'))
  const followers = Array.from({ length: count - 1 }, () => open(settings))
  await vi.waitFor(() =>
    expect(followers.map(({ entries }) => entries.at(-1))).toEqual(followers.map(() => first)),
  )
  return { leader, followers, server, open }
}

test('of many tabs one asks and has the socket, and all show the same', async () => {
  const { leader, followers, server } = await openTabs(5)
  expect(server.reads).toBe(1)
  expect(followers.map((tab) => tab.leads())).toEqual([false, false, false, false])
  leader.gateway.push('queue', { ...server.progress, admittedTotal: 107, asOfMs: 2 })
  await vi.waitFor(() => expect(followers.map(({ told }) => told.places.at(-1))).toEqual([13, 13, 13, 13]))
  expect(followers.map(({ told }) => told.states.at(-1))).toEqual(['live', 'live', 'live', 'live'])
})

test('when the leader closes, exactly one other takes over, and the place goes on where it was', async () => {
  const { leader, followers, server } = await openTabs(3)
  leader.gateway.push('queue', { ...server.progress, admittedTotal: 110, asOfMs: 2 })
  await vi.waitFor(() => expect(followers.map(({ told }) => told.places.at(-1))).toEqual([10, 10]))
  leader.stop()
  // others were put back before us meanwhile: what is shown does not rise
  server.entry = { ...waiting(30), admittedTotalAtRead: 110 } as Entry
  server.progress = { ...server.progress, admittedTotal: 110, asOfMs: 3 }
  await vi.waitFor(() => expect(followers.filter((tab) => tab.leads())).toHaveLength(1))
  await vi.waitFor(() => expect(server.reads).toBe(2))
  const next = followers.find((tab) => tab.leads())
  next?.gateway.connect()
  next?.gateway.push('queue', { ...server.progress, admittedTotal: 135, asOfMs: 4 })
  await vi.waitFor(() => expect(followers.map(({ told }) => told.places.at(-1))).toEqual([5, 5]))
  for (const { told } of followers) expect([...new Set(told.places)]).toEqual([20, 10, 5])
})

test('a turn is told in all tabs the moment it is pushed to one', async () => {
  const { leader, followers, server } = await openTabs(3)
  const offered: Entry = { state: 'offered', pass: 'pass', claimBeforeMs: 100_000, asOfMs: 1 }
  leader.gateway.push('entry', { concertId: server.progress.concertId, entry: offered })
  await vi.waitFor(() => expect(followers.map(({ entries }) => entries.at(-1))).toEqual([offered, offered]))
})

test('what one tab did is read anew by the one that leads, and a reading that began before is not believed', async () => {
  const { leader, followers, server } = await openTabs(2)
  server.entry = { state: 'none' }
  followers[0]?.refresh()
  await vi.waitFor(() => expect(followers[0]?.entries.at(-1)).toEqual({ state: 'none' }))
  expect([leader.asked, followers[0]?.asked]).toEqual([
    { status: 2, changes: 1 },
    { status: 0, changes: 0 },
  ])
})

const outside: Entry = { state: 'none' }

test.each([
  ['leads', 0],
  ['follows', 1],
])(
  'what the fan does in a tab that %s is shown in all of them by its answer: nothing is read for it',
  async (_, at) => {
    const { leader, followers, server } = await openTabs(3, outside)
    const tabs = [leader, ...followers]
    const acting = tabs[at] ?? leader
    await acting.line.join(acting.concertId)
    expect([acting.entries.at(-1), acting.told.places.at(-1)]).toEqual([waiting(20), 20])
    await vi.waitFor(() => expect(tabs.map(({ told }) => told.places.at(-1))).toEqual([20, 20, 20]))
    // what the others were told is what goes on
    leader.gateway.push('queue', { ...server.progress, admittedTotal: 107, asOfMs: 2 })
    await vi.waitFor(() => expect(tabs.map(({ told }) => told.places.at(-1))).toEqual([13, 13, 13]))
    await acting.line.enter(acting.concertId, 'pass')
    await vi.waitFor(() =>
      expect(tabs.map(({ entries }) => entries.at(-1))).toEqual([inside, inside, inside]),
    )
    await acting.line.leave(acting.concertId)
    await vi.waitFor(() =>
      expect(tabs.map(({ entries }) => entries.at(-1))).toEqual([outside, outside, outside]),
    )
    expect(server.reads).toBe(1)
  },
)

test('what is done on a page that shares no watch is shown in the tabs that do, also in one that is opened after it', async () => {
  const { leader, followers, server, open } = await openTabs(2, outside)
  const openChannel: Tabs['openChannel'] = (name) => new BroadcastChannel(name)
  const waitingRoom = { join: { mutate: () => Promise.resolve({ ...statusOf(server), entry: waiting(20) }) } }
  const elsewhere = createLine({ waitingRoom } as unknown as Api, createPlaceStore(), (concert, answer) =>
    tellTabs(openChannel, concert, answer),
  )
  await elsewhere.join(leader.concertId)
  const opened = open()
  const places = () => [leader, ...followers, opened].map(({ told }) => told.places.at(-1))
  await vi.waitFor(() => expect(places()).toEqual([20, 20, 20]))
  expect(server.reads).toBe(1)
})

test('a join at another place is shown as it is answered, though it is further behind than what was shown', async () => {
  const { leader, followers } = await openTabs(2, waiting(5, receiptOf({ e: 1, s: 3 })))
  // what a tab that follows makes of it alone
  leader.freeze()
  await followers[0]?.line.join(leader.concertId)
  expect(followers[0]?.told.places).toEqual([5, 20])
})

test('behind a frozen leader the fan is in line at once all the same, and that tab leads when nobody answers it', async () => {
  // silence alone would be borne for longer than this test may take
  const { leader, followers } = await openTabs(3, outside, { ...quick, silenceMs: 600_000 })
  leader.freeze()
  const [acting, other] = followers
  if (acting === undefined || other === undefined) throw new Error('there are two that follow')
  other.hide()
  await acting.line.join(acting.concertId)
  expect(acting.told.places.at(-1)).toBe(20)
  await vi.waitFor(() => expect(other.told.places.at(-1)).toBe(20))
  await vi.waitFor(() => expect(acting.leads()).toBe(true))
})

test('a leader that is well answers for itself and stays', async () => {
  const { leader, followers } = await openTabs(2, outside)
  await followers[0]?.line.join(leader.concertId)
  followers[0]?.refresh()
  await new Promise((resolve) => setTimeout(resolve, 3 * quick.helloMs))
  expect([leader.leads(), followers[0]?.leads()]).toEqual([true, false])
})

test('an answer that a turn overtook does not take the turn away', async () => {
  const { leader, followers } = await openTabs(2)
  const offered: Entry = { state: 'offered', pass: 'pass', claimBeforeMs: 100_000, asOfMs: 9 }
  leader.gateway.push('entry', { concertId: leader.concertId, entry: offered })
  await vi.waitFor(() => expect(followers[0]?.entries.at(-1)).toEqual(offered))
  await followers[0]?.line.join(leader.concertId)
  expect(followers[0]?.entries.at(-1)).toEqual(offered)
})

test('a leader that is frozen is replaced by a tab that is looked at', async () => {
  const { leader, followers } = await openTabs(2)
  leader.freeze()
  await vi.waitFor(() => expect(followers[0]?.leads()).toBe(true))
  await vi.waitFor(() => expect(leader.leads()).toBe(false))
})

test('a tab that nobody looks at leaves a silent leader alone', async () => {
  const { leader, followers } = await openTabs(2)
  followers[0]?.hide()
  leader.freeze()
  await new Promise((resolve) => setTimeout(resolve, 2 * quick.silenceMs))
  expect([leader.leads(), followers[0]?.leads()]).toEqual([true, false])
})

test('a leader with nothing new to say stays the leader', async () => {
  const { leader, followers } = await openTabs(3)
  await new Promise((resolve) => setTimeout(resolve, 3 * quick.silenceMs))
  expect(leader.leads()).toBe(true)
  expect(followers.some((tab) => tab.leads())).toBe(false)
})

test('a refusal is for the tab that got it: the next one asks for itself', async () => {
  const { leader, followers } = await openTabs(2)
  leader.failWith(new DomainError('SIGN_IN_REQUIRED', {}))
  leader.refresh()
  await vi.waitFor(() => expect(leader.told.refused).toEqual(['SIGN_IN_REQUIRED']))
  await vi.waitFor(() => expect(followers[0]?.leads()).toBe(true))
  await vi.waitFor(() => expect(followers[0]?.asked.status).toBe(1))
  expect(followers[0]?.told.refused).toEqual([])
})

test('where the browser grants no locks each tab is for itself', async () => {
  const { server, line } = openBrowser()
  const gateway = createModelGateway(createModelShow(1))
  const places: (number | null)[] = []
  const tabs: Tabs = {
    locks: { request: () => Promise.reject(new DOMException('no', 'SecurityError')) },
    openChannel: (name) => new BroadcastChannel(name),
    isVisible: () => true,
  }
  const lineSource = {
    readStatus: () =>
      Promise.resolve({ fanId: 1, entry: server.entry, progress: server.progress, opensAtMs: 0, draw: null }),
    readProgress: () => Promise.resolve(server.progress),
    keepEntry: () => undefined,
    onAnswer: () => () => undefined,
  } as unknown as Line
  const watch = shareLine(
    { socket: gateway.socket, settings: quick, random: Math.random, lineSource, tabs },
    { concertId: line },
    { onProgress: () => undefined, onEntry: () => undefined, onPlace: (place) => places.push(place) },
  )
  onTestFinished(watch.stop)
  await vi.waitFor(() => expect(places).toEqual([20]))
})
