import type { IncomingMessage } from 'node:http'
import { finished } from 'node:stream/promises'
import { DomainError } from '@greenroom/contract'
import type { FastifyInstance, FastifyRequest } from 'fastify'

/** Text of a body as JSON; none when it is empty: many clients name a type and send nothing. */
export type ReadJson = (request: FastifyRequest, text: string) => Promise<unknown>

/** Refuses what is not JSON, and keys that would change an object's prototype. */
export function openJsonReader(server: FastifyInstance): ReadJson {
  const parse = server.getDefaultJsonParser('error', 'error')
  return async (request, text) =>
    await new Promise((resolve, reject) => {
      if (text === '') resolve(undefined)
      else void parse(request, text, (error, body) => (error === null ? resolve(body) : reject(error)))
    })
}

/**
 * The text that came with a GET, which Fastify leaves unread: it could be told to read them, but then would on every
 * route of the server, and refuse pages and calls whose client names a type and sends nothing. Refuses with BAD_INPUT.
 */
export async function readTextOfGet({ raw, routeOptions }: FastifyRequest): Promise<string> {
  const maxBytes = routeOptions.bodyLimit ?? 0
  const tooLarge = `the body is larger than ${maxBytes} bytes`
  if (!hasBody(raw)) return ''
  if (Number(raw.headers['content-length']) > maxBytes) throw brokenBody(tooLarge)
  const chunks: Buffer[] = []
  let bytes = 0
  raw.on('data', (chunk: Buffer) => {
    bytes += chunk.length
    // what is too much is read to its end all the same: the refusal goes out on the same connection
    if (bytes <= maxBytes) chunks.push(chunk)
  })
  await finished(raw).catch(() => {
    throw brokenBody('the body broke off')
  })
  if (bytes > maxBytes) throw brokenBody(tooLarge)
  return Buffer.concat(chunks).toString('utf8')
}

function brokenBody(message: string): DomainError {
  return new DomainError('BAD_INPUT', { faults: [{ path: '', message }] })
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0'
}
