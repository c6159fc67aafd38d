import { BlockList, isIP } from 'node:net'
import type { ConcertId } from '@greenroom/contract'
import { theatre } from '../support/on-sale.ts'
import { meetKnownThings } from './known-things.ts'
import { readDocument } from './read-document.ts'
import { type FuzzReport, runFuzz } from './run-fuzz.ts'
import { openSender } from './send-request.ts'

export type FuzzServerOptions = {
  url: string
  seed: number
  first?: number
  count: number
  extraPlaces?: number
  concurrency?: number
  timeLimitMs: number
  /** Whose line the fans stand in and whose seats they hold: one with many seats. */
  concertId?: ConcertId
  onProgress?: (done: number) => void
}

/** Between two looks at the fans: what was spoilt of their passes and holds is made good, and a quarter of them are new. */
const refreshEvery = 250

/** Fuzzes a server on this machine that has the demo in it. Refuses any other machine. */
export async function fuzzServer(options: FuzzServerOptions): Promise<FuzzReport> {
  const { url } = options
  if (!isOnThisMachine(new URL(url).hostname)) throw new Error(`${url} is not on this machine`)
  const document = await readDocument(url)
  const { fill, refresh } = await meetKnownThings(url, options.concertId ?? theatre.concertId)
  const send = openSender(url, fill)
  try {
    return await runFuzz({
      ...options,
      document,
      send,
      fill,
      refresh: { every: refreshEvery, run: refresh },
      first: options.first ?? 0,
      extraPlaces: options.extraPlaces ?? 0,
      concurrency: options.concurrency ?? 8,
    })
  } finally {
    send.close()
  }
}

function isOnThisMachine(host: string): boolean {
  const loopback = new BlockList()
  loopback.addSubnet('127.0.0.0', 8)
  loopback.addAddress('::1', 'ipv6')
  const address = host.replace(/^\[(.*)\]$/, '$1')
  if (isIP(address) === 0) return address === 'localhost'
  return loopback.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')
}
