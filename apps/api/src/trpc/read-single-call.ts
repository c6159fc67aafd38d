import { TRPCError } from '@trpc/server'
import type { FastifyRequest } from 'fastify'

/** One call with JSON in and JSON out. `isBatch`: it came as a batch of one, as tRPC's usual link sends what it asks alone. */
export type SingleCall = {
  isBatch: boolean
  /** Reads the input when the procedure asks for it: one that takes none never parses what it was sent. */
  readInput: () => Promise<unknown>
  /** What was read, `undefined` before that. */
  inputSoFar: () => unknown
}

const credentialsInHost = '@'
const byteOrderMark = 0xfeff

/**
 * The call that a request of a known procedure makes, by the method of its type, if it is one of the plain kind; `undefined`
 * for everything that asks more of tRPC's HTTP (streams, forms, connection parameters) or might be malformed in a way that
 * tRPC has an answer of its own for.
 */
export function readSingleCall(
  request: FastifyRequest,
  deserialize: (input: unknown) => unknown,
): SingleCall | undefined {
  const { headers, url = '' } = request.raw
  const isPost = request.method === 'POST'
  const contentType = headers['content-type']
  if (contentType !== 'application/json' && (isPost || contentType !== undefined)) return undefined
  if (headers['trpc-accept'] !== undefined || headers.accept?.includes('jsonl') === true) return undefined
  if (!url.startsWith('/') || url.includes('#') || !isPlainHost(headers.host)) return undefined
  if (isPost && typeof request.body !== 'string') return undefined

  const queryStart = url.indexOf('?')
  const query = queryStart === -1 ? undefined : new URLSearchParams(url.slice(queryStart))
  if (query?.has('connectionParams') === true) return undefined
  const isBatch = query?.get('batch') === '1'
  const text = isPost ? withoutByteOrderMark(String(request.body)) : query?.get('input') || undefined
  return { isBatch, ...openInput(() => parseInput(text, isBatch, deserialize)) }
}

/** Not one that the stock adapter's URLs and requests would refuse to be made with. */
function isPlainHost(host: string | undefined): boolean {
  return host !== undefined && !host.includes(credentialsInHost) && URL.canParse(`http://${host}`)
}

function withoutByteOrderMark(text: string): string {
  return text.charCodeAt(0) === byteOrderMark ? text.slice(1) : text
}

function openInput(parse: () => unknown): Pick<SingleCall, 'readInput' | 'inputSoFar'> {
  let read: { input: unknown } | undefined
  return {
    readInput: async () => {
      read ??= { input: parse() }
      return read.input
    },
    inputSoFar: () => read?.input,
  }
}

function parseInput(
  text: string | undefined,
  isBatch: boolean,
  deserialize: (input: unknown) => unknown,
): unknown {
  if (text === undefined) return undefined
  try {
    const json: unknown = JSON.parse(text)
    if (!isBatch) return deserialize(json)
    const input = firstOf(json)
    return input === undefined ? undefined : deserialize(input)
  } catch (cause) {
    if (cause instanceof TRPCError) throw cause
    throw new TRPCError({ code: 'BAD_REQUEST', cause })
  }
}

/** A batch sends its inputs as an object with the calls' numbers for keys. */
function firstOf(inputs: unknown): unknown {
  if (typeof inputs !== 'object' || inputs === null || Array.isArray(inputs)) {
    throw new TRPCError({ code: 'BAD_REQUEST', message: 'the inputs of a batch are an object' })
  }
  return Reflect.get(inputs, 0)
}
