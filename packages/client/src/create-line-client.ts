import type { ConcertId } from '@greenroom/contract'
import { readGatewayUrl } from './gateway-address.ts'
import type { SolveChallenge } from './join-with-proof.ts'
import { createLine, type Line } from './line-source.ts'
import { defaultLiveSettings } from './live-settings.ts'
import { createLiveSocket } from './live-socket.ts'
import { createPlaceStore, type TextStorage } from './place-store.ts'
import { createPlainCalls, type PlainCalls } from './plain-calls.ts'
import { shareLine } from './share-line.ts'
import type { Tabs } from './tabs.ts'
import { type LineHandlers, type LineWatch, watchLine } from './watch-line.ts'

export type LineClient = {
  api: PlainCalls
  line: Line
  watchLine: (concertId: ConcertId, handlers: LineHandlers) => LineWatch
}

/**
 * The waiting alone, for a page that a whole crowd loads at once: no seat map, no schemas, sockets loaded when needed. With
 * `tabs` the open tabs of a browser act as one.
 */
export function createLineClient(options: {
  apiUrl: string
  storage: TextStorage
  tabs?: Tabs | undefined
  solveChallenge?: SolveChallenge | undefined
}): LineClient {
  const { apiUrl, storage, tabs } = options
  const token = (): undefined => undefined
  const settings = defaultLiveSettings
  const random = Math.random
  const api = createPlainCalls(apiUrl)
  const line = createLine(api, createPlaceStore(storage), undefined, options.solveChallenge)
  const socket = createLiveSocket({ gatewayUrl: () => readGatewayUrl(apiUrl), token, settings, random })
  const deps = { socket, settings, random, lineSource: line }
  return {
    api,
    line,
    watchLine: (concertId, handlers) =>
      tabs === undefined
        ? watchLine(deps, { concertId }, handlers)
        : shareLine({ ...deps, tabs }, { concertId }, handlers),
  }
}
