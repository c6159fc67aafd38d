import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { seatId, showId } from '@greenroom/contract'
import { expect, test } from 'vitest'
import type { CrowdCounts } from './crowd-load.ts'
import { loadInTurns } from './run-overload.ts'

const crowdCounts: CrowdCounts = {
  seconds: 1,
  due: 1,
  unsent: 0,
  served: 1,
  refused: 0,
  failed: 0,
  servedMs: [],
  refusedMs: [],
  retryAfter: {},
}

test('a call that waits until the crowd has gone is one of those made beside it', async () => {
  let crowd: { stuck: PromiseWithResolvers<void>; callsSeen: number } | undefined
  const server = createServer((_request, response) => {
    const answer = (): void => void response.writeHead(200, { 'content-length': 0 }).end()
    // the first that arrives may have been sent before the crowd came; the second was not, for the fan asks in turn
    if (crowd === undefined || ++crowd.callsSeen < 2) return answer()
    crowd.stuck.resolve()
    void sleep(900).then(answer)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const offer = async (): Promise<CrowdCounts> => {
    const stuck = Promise.withResolvers<void>()
    crowd = { stuck, callsSeen: 0 }
    // however slow this machine is, one call waits when the crowd goes
    await stuck.promise
    crowd = undefined
    return crowdCounts
  }
  const { rounds } = await loadInTurns({
    rounds: 1,
    partMs: 400,
    afterMs: 400,
    factor: 4,
    say: () => undefined,
    crowd: { saturate: async () => crowdCounts, offer },
    port,
    fans: [{ token: 't', pass: 'p', showId: showId.parse(1), seatIds: [1, 2].map((id) => seatId.parse(id)) }],
    apiPid: process.pid,
  })
  server.close()
  const [round] = rounds
  expect(Math.max(...(round?.during ?? []).map(({ tookMs }) => tookMs))).toBeGreaterThan(800)
})
