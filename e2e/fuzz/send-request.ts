import { Agent, type IncomingHttpHeaders, request as open } from 'node:http'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import type { FuzzRequest } from './draw-request.ts'

export type Answer = { status: number; headers: Record<string, string | string[] | undefined>; body: string }
export type Send = (request: FuzzRequest) => Promise<Answer>

const answerWithinMs = 20_000

/** Sends requests to one server as they are, over connections that are kept. Rejects when there is no answer in 20 s. */
export function openSender(url: string, fill: (text: string) => string): Send & { close: () => void } {
  const { hostname, port } = new URL(url)
  const agent = new Agent({ keepAlive: true, maxSockets: 64 })
  const send: Send = (request) => sendOnce(request)
  const sendOnce = (request: FuzzRequest, isRepeat = false): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const { operation, path, headers, body, encoding } = request
      const bytes = body === undefined ? undefined : Buffer.from(fill(body), encoding)
      const filled = Object.entries(headers).map(([name, value]): [string, string] => [name, fill(value)])
      const sent = open({
        hostname,
        port,
        agent,
        method: operation.method,
        path: fill(path),
        headers: {
          ...Object.fromEntries(filled),
          ...(bytes === undefined ? {} : { 'content-length': bytes.length }),
        },
        timeout: answerWithinMs,
      })
      sent.on('timeout', () => sent.destroy(new Error(`no answer within ${answerWithinMs} ms`)))
      sent.on('error', (error) => {
        // a kept connection may be closed by the server just when it is used again, as HTTP allows it
        if (sent.reusedSocket && !isRepeat) sendOnce(request, true).then(resolve, reject)
        else reject(error)
      })
      sent.on('response', (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('error', reject)
        response.on('end', () => {
          const { statusCode: status = 0, headers: its } = response
          resolve(Promise.try(() => ({ status, headers: its, body: decode(Buffer.concat(chunks), its) })))
        })
      })
      sent.end(bytes)
    })
  return Object.assign(send, { close: () => agent.destroy() })
}

/** A long answer comes compressed to whoever says that they take it so; what does not unpack is no answer. */
function decode(bytes: Buffer, { 'content-encoding': encoding }: IncomingHttpHeaders): string {
  const unpacked =
    encoding === 'gzip' ? gunzipSync(bytes) : encoding === 'br' ? brotliDecompressSync(bytes) : bytes
  return unpacked.toString('utf8')
}
