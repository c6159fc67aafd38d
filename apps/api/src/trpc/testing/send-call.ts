import { Agent, type IncomingHttpHeaders, request } from 'node:http'
import { buffer } from 'node:stream/consumers'

/** A request below some prefix, as it goes onto the wire. */
export type HttpCall = {
  method: string
  /** Path and query below the prefix, the slash included. */
  target: string
  headers: Record<string, string>
  body: Buffer | null
}

export type HttpAnswer = { status: number; headers: IncomingHttpHeaders; body: string }

/** Sends calls over real connections, which are kept: what a parser, a proxy or a socket does to them is part of the answer. */
export function openSender(port: number): {
  send: (prefix: string, call: HttpCall) => Promise<HttpAnswer>
  close: () => void
} {
  const agent = new Agent({ keepAlive: true, maxSockets: 16 })
  const send = (prefix: string, { method, target, headers, body }: HttpCall): Promise<HttpAnswer> =>
    new Promise((resolve, reject) => {
      // a stream that breaks is cut off, before its head or after
      const hangUp = (): void => resolve({ status: 0, headers: {}, body: 'the connection was cut' })
      const sent = request({ agent, host: '127.0.0.1', port, method, path: prefix + target, headers })
      sent.on('response', (reply) => {
        buffer(reply).then(
          (bytes) =>
            resolve({
              status: reply.statusCode ?? 0,
              headers: reply.headers,
              body: bytes.toString('latin1'),
            }),
          hangUp,
        )
      })
      sent.on('error', hangUp)
      sent.setTimeout(20_000, () => reject(new Error(`${method} ${prefix}${target} is not answered`)))
      sent.end(body ?? undefined)
    })
  return { send, close: () => agent.destroy() }
}
