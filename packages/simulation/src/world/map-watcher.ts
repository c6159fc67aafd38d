import {
  DomainError,
  seatId,
  type SeatFrame,
  type SeatSnapshot,
  type ServerEvents,
  type ShowId,
} from '@greenroom/contract'
import { defaultLiveSettings, type LiveSocket, type SeatState, watchShow } from '@greenroom/client/rules'
import { type Deps, readChangesSince, readSeatPosition } from '@greenroom/core'
import {
  applyEntry,
  type MirroredShow,
  mirrorShow,
  outageOf,
  readEntriesAfter,
  readTouchedSeats,
  snapshotOf,
} from '@greenroom/core/rules'
import { pickProcess, send } from './call.ts'
import type { SeatGateway } from './seat-gateway.ts'
import { firstSeatOf, type World } from './world.ts'

/** One page with a map open: the client's own code, on a socket of this world. */
export type MapWatcher = {
  showId: ShowId
  seats: () => SeatState | undefined
  stop: () => void
  /** The gateway is gone, or another one is there. */
  connect: (gateway: SeatGateway | undefined) => void
  gateway: () => SeatGateway | undefined
}

export function startMapWatcher(world: World, showId: ShowId): MapWatcher {
  const { scheduler } = world
  const listeners = new Set<(connected: boolean) => void>()
  const frameListeners = new Set<(frame: SeatFrame) => void>()
  const mirrors = new WeakMap<Deps, MirroredShow>()
  let gateway: SeatGateway | undefined
  let connection = 0
  let shown: SeatState | undefined

  const hear = (at: number, frame: SeatFrame): void => {
    if (at !== connection) return
    for (const listener of frameListeners) listener(frame)
  }
  const socket: LiveSocket = {
    hold: () => () => undefined,
    isConnected: () => gateway !== undefined,
    onConnection: (listener) => add(listeners, listener),
    on: <E extends keyof ServerEvents>(event: E, listener: ServerEvents[E]) =>
      // the watch of a show listens for seats alone
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the event's name says what its listener takes
      event === 'seats' ? add(frameListeners, listener as ServerEvents['seats']) : () => undefined,
    watchLine: () => Promise.resolve(null),
    watchShow: async ({ seq }) => {
      const to = gateway
      const mine = connection
      if (to === undefined) throw new Error('not connected')
      return await send(world, to.process, 'show:watch', () =>
        to.watch((frame) => hear(mine, frame), { showId, seq }).catch(throwAsEdge),
      )
    },
    reconnect: () => undefined,
  }
  const ask = async <T>(label: string, answer: (deps: Deps) => Promise<T>): Promise<T> => {
    const api = pickProcess(world, 'api')
    if (api === undefined) throw new Error('no process answers')
    return await send(world, api, label, (deps) => answer(deps).catch(throwAsEdge))
  }
  const watch = watchShow(
    {
      socket,
      settings: defaultLiveSettings,
      random: scheduler.random.next,
      seatSource: {
        readSnapshot: () => ask('readSnapshot', (deps) => readSnapshot(world, deps, mirrors, showId)),
        readChanges: ({ after }) => ask('readChanges', (deps) => readChangesSince(deps, showId, after)),
      },
    },
    { showId, pass: 'as shown' },
    {
      onSnapshot: (seats) => {
        shown = seats
      },
      onFrame: (seats) => {
        shown = seats
      },
      onRefused: (refusal) => world.witness.report('no-surprises', `a map was refused: ${refusal.code}`),
    },
  )
  return {
    showId,
    seats: () => shown,
    stop: watch.stop,
    gateway: () => gateway,
    connect: (next) => {
      connection += 1
      if (gateway !== undefined) {
        gateway = undefined
        for (const listener of listeners) listener(false)
      }
      if (next === undefined) return
      gateway = next
      for (const listener of listeners) listener(true)
    },
  }
}

/** The api's mirror: read from the rows once, then kept up by the stream; a gap makes it read the rows again. */
async function readSnapshot(
  world: World,
  deps: Deps,
  mirrors: WeakMap<Deps, MirroredShow>,
  showId: ShowId,
): Promise<SeatSnapshot> {
  const known = mirrors.get(deps)
  if (known !== undefined && (await catchUp(deps, known))) return snapshotOf(known)
  const seq = await readSeatPosition(deps, showId).catch((error: unknown) => {
    world.witness.seeError(error)
    return 0
  })
  const { seats } = await readTouchedSeats(deps.db, showId)
  const { seatsPerShow: seatCount } = world.settings
  const firstSeatId = seatId.parse(firstSeatOf(world.settings, showId))
  const fresh = mirrorShow({ showId, firstSeatId, seatCount }, seq, seats)
  mirrors.set(deps, fresh)
  return snapshotOf(fresh)
}

async function catchUp(deps: Deps, show: MirroredShow): Promise<boolean> {
  const entries = await readEntriesAfter(deps.redis, show.showId, show.seq, 1_000)
  const position = await readSeatPosition(deps, show.showId)
  for (const entry of entries) if (applyEntry(show, entry) === 'gap') return false
  return show.seq >= position || entries.length > 0
}

/** As every edge does: an outage is said to be one, so that the client asks again. */
function throwAsEdge(error: unknown): never {
  throw error instanceof DomainError ? error : (outageOf(error) ?? error)
}

function add<T>(set: Set<T>, value: T): () => void {
  set.add(value)
  return () => void set.delete(value)
}
