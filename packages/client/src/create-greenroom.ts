import type { ConcertId, ServerEvents, ShowId } from '@greenroom/contract'
import { type Api, createApi } from './api.ts'
import { readGatewayUrl } from './gateway-address.ts'
import type { Random } from './jitter.ts'
import type { SolveChallenge } from './join-with-proof.ts'
import { createLine, type Line } from './line-source.ts'
import type { LiveDeps } from './live-deps.ts'
import { defaultLiveSettings, type LiveSettings } from './live-settings.ts'
import { createLiveSocket } from './live-socket.ts'
import { createPlaceStore, type TextStorage } from './place-store.ts'
import { solveHere } from './solve-here.ts'
import { tellTabs } from './share-line.ts'
import type { Tabs } from './tabs.ts'
import { type TurnOptions, waitForTurn } from './wait-for-turn.ts'
import { type LineHandlers, type LineWatch, watchLine } from './watch-line.ts'
import { type ShowHandlers, type ShowWatch, watchShow } from './watch-show.ts'

export type GreenroomOptions = {
  /** Where the api answers: `location.origin` in a page. */
  apiUrl: string
  /** Where the gateway answers; else the api's `/config.json` says, when it is first needed. */
  gatewayUrl?: string
  /** For programs; a page has its cookie. */
  token?: string
  /** Where receipts and passes are kept: `localStorage` in a page. Default: in memory. */
  storage?: TextStorage
  /** Tells what a join, an entry or a leave was answered to tabs of `createLineClient`: a `BroadcastChannel` in a page. */
  openChannel?: Tabs['openChannel']
  /** Does what a line asks of newcomers: a page has a worker and a dialog for it. Default: work in this thread, in short turns. */
  solveChallenge?: SolveChallenge | undefined
  settings?: Partial<LiveSettings>
  transports?: ('websocket' | 'polling')[]
  random?: Random
}

export type Greenroom = {
  api: Api
  line: Line
  live: {
    /**
     * Joins or finds the own place, waits by socket, claims the offer and resolves with the pass that holds seats. Rejects
     * with a `DomainError` when waiting is of no use (LINE_CLOSED, SIGN_IN_REQUIRED, NOT_FOUND), or with the signal's reason.
     */
    waitForTurn: (concertId: ConcertId, options?: TurnOptions) => Promise<string>
    watchLine: (concertId: ConcertId, handlers: LineHandlers) => LineWatch
    /** `undefined` in place of the pass is for operators: they look without one. */
    watchShow: (showId: ShowId, pass: string | undefined, handlers: ShowHandlers) => ShowWatch
    /** The own holds as they begin, end and are paid, wherever that happened. Returns what ends it. */
    watchHolds: (onHold: ServerEvents['hold']) => () => void
    /** Connects anew: after signing in or out with a cookie. */
    reconnect: () => void
  }
  /** Who we are from now on; the socket connects anew. */
  setToken: (token: string | undefined) => void
}

/** A client of one Greenroom server for one person, in a browser or in Node. Nothing connects until something asks. */
export function createGreenroom(options: GreenroomOptions): Greenroom {
  const { apiUrl, openChannel } = options
  const settings = { ...defaultLiveSettings, ...options.settings }
  const random = options.random ?? Math.random
  let token = options.token
  const api = createApi({ apiUrl, token: () => token })
  const line = createLine(
    api,
    createPlaceStore(options.storage),
    openChannel && ((concertId, answer) => tellTabs(openChannel, concertId, answer)),
    options.solveChallenge ?? solveHere,
  )
  const socket = createLiveSocket({
    gatewayUrl: async () => options.gatewayUrl ?? (await readGatewayUrl(apiUrl)),
    token: () => token,
    settings,
    random,
    ...(options.transports === undefined ? {} : { transports: options.transports }),
  })
  const deps: LiveDeps = { socket, settings, random }
  const seatSource = {
    readSnapshot: (input: { showId: ShowId; pass: string | undefined }) => api.seats.snapshot.query(input),
    readChanges: async (input: { showId: ShowId; pass: string | undefined; after: number }) =>
      (await api.seats.changes.query(input)).frame,
  }
  return {
    api,
    line,
    live: {
      waitForTurn: (concertId, turnOptions) => waitForTurn({ ...deps, line }, { concertId }, turnOptions),
      watchLine: (concertId, handlers) => watchLine({ ...deps, lineSource: line }, { concertId }, handlers),
      watchShow: (showId, pass, handlers) => watchShow({ ...deps, seatSource }, { showId, pass }, handlers),
      watchHolds: (onHold) => {
        const ends = [socket.hold({ kind: 'own' }), socket.on('hold', onHold)]
        return () => {
          for (const end of ends.splice(0)) end()
        }
      },
      reconnect: socket.reconnect,
    },
    setToken: (next) => {
      token = next
      socket.reconnect()
    },
  }
}
