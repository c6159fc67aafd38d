import { type Answer, type Connection, openConnection } from './socket-call.ts'

/** What came of the calls of one phase. */
export type CrowdCounts = {
  seconds: number
  /** Calls that were due; those that found no connection free within a second were never sent. */
  due: number
  unsent: number
  served: number
  /** 503. */
  refused: number
  /** Neither served nor refused: no reply, or another status. */
  failed: number
  firstFailure?: string
  servedMs: number[]
  refusedMs: number[]
  /** How often each `Retry-After` was told, by its seconds; `none` counts refusals without. */
  retryAfter: Record<string, number>
}

export type CrowdLoad = {
  /** As many calls as `callers` can make who each wait for the answer: what the server can serve. */
  saturate: (callers: number, ms: number) => Promise<CrowdCounts>
  /** So many calls a second, whatever becomes of them. */
  offer: (perSecond: number, ms: number) => Promise<CrowdCounts>
  close: () => void
}

/** Calls become due in bursts this far apart: finer than this, the timer would cost more than the calls. */
const burstMs = 2
/** A process that waited for its core makes up for it at this pace: thousands of people never ask in one millisecond. */
const mostCatchUp = 1.5
const longestBurstMs = 10
/** Of the latencies so many are kept; the rest only count. */
const keptLatencies = 200_000

/** A crowd outside: `connections` kept-alive connections that send the requests in turn. */
export async function openCrowdLoad(
  port: number,
  connections: number,
  requests: readonly string[],
): Promise<CrowdLoad> {
  const all: Connection[] = []
  // a few at a time: so many at once would be more than the server's backlog
  while (all.length < connections)
    all.push(...(await Promise.all(Array.from({ length: 100 }, () => openConnection(port)))))
  const idle = [...all]
  let next = 0
  const call = async (counts: CrowdCounts, dueMs: number, connection: Connection): Promise<void> => {
    const request = requests[next++ % requests.length] ?? ''
    try {
      count(counts, await connection.ask(request), performance.now() - dueMs)
    } catch (error) {
      counts.failed += 1
      counts.firstFailure ??= String(error)
    }
  }
  const saturate = async (callers: number, ms: number): Promise<CrowdCounts> => {
    const counts = noCounts()
    const beganMs = performance.now()
    const takeTurns = async (connection: Connection): Promise<void> => {
      while (performance.now() - beganMs < ms) {
        counts.due += 1
        await call(counts, performance.now(), connection)
      }
    }
    await Promise.all(all.slice(0, callers).map(takeTurns))
    counts.seconds = (performance.now() - beganMs) / 1_000
    return counts
  }
  const offer = async (perSecond: number, ms: number): Promise<CrowdCounts> => {
    const counts = noCounts()
    const beganMs = performance.now()
    const dues: number[] = []
    const underWay = new Set<Promise<void>>()
    const send = (sinceMs: number): void => {
      const mostInBurst = Math.ceil((mostCatchUp * perSecond * Math.min(sinceMs, longestBurstMs)) / 1_000)
      for (let sent = 0; sent < mostInBurst && dues.length > 0 && idle.length > 0; sent++) {
        // the one that rested longest: the server closes what is idle for a minute
        const connection = idle.shift()
        const dueMs = dues.shift()
        if (connection === undefined || dueMs === undefined) return
        const asked = call(counts, dueMs, connection).finally(() => {
          idle.push(connection)
          underWay.delete(asked)
        })
        underWay.add(asked)
      }
    }
    let sentMs = beganMs
    for (let nowMs = beganMs; nowMs - beganMs < ms; nowMs = performance.now()) {
      const dueNow = Math.floor(((nowMs - beganMs) / 1_000) * perSecond) - counts.due
      counts.due += dueNow
      for (let index = 0; index < dueNow; index++) dues.push(nowMs)
      // whoever found no connection for a second has gone
      while (dues.length > perSecond) counts.unsent += dues.shift() === undefined ? 0 : 1
      send(nowMs - sentMs)
      sentMs = nowMs
      await new Promise((resolve) => setTimeout(resolve, burstMs))
    }
    counts.unsent += dues.length
    counts.seconds = (performance.now() - beganMs) / 1_000
    await Promise.all(underWay)
    return counts
  }
  return { saturate, offer, close: () => all.forEach((connection) => connection.close()) }
}

function count(counts: CrowdCounts, { status, retryAfterS }: Answer, tookMs: number): void {
  if (status === 200) {
    counts.served += 1
    keep(counts.servedMs, tookMs)
  } else if (status === 503) {
    counts.refused += 1
    keep(counts.refusedMs, tookMs)
    const told = String(retryAfterS ?? 'none')
    counts.retryAfter[told] = (counts.retryAfter[told] ?? 0) + 1
  } else {
    counts.failed += 1
    counts.firstFailure ??= `status ${status}`
  }
}

function keep(latencies: number[], tookMs: number): void {
  if (latencies.length < keptLatencies) latencies.push(tookMs)
}

function noCounts(): CrowdCounts {
  return {
    seconds: 0,
    due: 0,
    unsent: 0,
    served: 0,
    refused: 0,
    failed: 0,
    servedMs: [],
    refusedMs: [],
    retryAfter: {},
  }
}
