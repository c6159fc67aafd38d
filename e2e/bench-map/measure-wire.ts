import { brotliDecompressSync } from 'node:zlib'
import { get } from 'node:http'
import { buffer } from 'node:stream/consumers'
import type { Stadium } from './sell-stadium.ts'

export type WireFinding = {
  plan: string
  seatCount: number
  geometryBytes: number
  /** As the server sends it to a browser that takes brotli. */
  geometryWireBytes: number
  /** Two bits a seat, before base64. */
  snapshotBytes: number
}

export async function measureWire(url: string, { name, show }: Stadium): Promise<WireFinding> {
  const sent = await readRaw(new URL(show.geometryUrl, url))
  return {
    plan: name,
    seatCount: show.seatCount,
    geometryBytes: brotliDecompressSync(sent).length,
    geometryWireBytes: sent.length,
    snapshotBytes: Math.ceil(show.seatCount / 4),
  }
}

/** `fetch` would unpack it. */
async function readRaw(url: URL): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>()
  get(url, { headers: { 'accept-encoding': 'br' } }, (answer) => {
    if (answer.headers['content-encoding'] !== 'br')
      reject(new Error(`${url.pathname} is not sent as brotli`))
    buffer(answer).then(resolve, reject)
  }).on('error', reject)
  return await promise
}
