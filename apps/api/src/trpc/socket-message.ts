import { parseJson } from '@greenroom/core'
import { z } from 'zod'

/** Kept for as long as its call is under way. */
const id = z.union([z.number(), z.string().max(100)])
const jsonrpc = z.literal('2.0').optional()
const params = z.object({ path: z.string(), lastEventId: z.string().optional() })
const message = z.discriminatedUnion('method', [
  z.object({ id, jsonrpc, method: z.literal(['query', 'mutation', 'subscription']), params }),
  z.object({ id, jsonrpc, method: z.literal('subscription.stop') }),
])
const messages = z.array(message)

export type SocketMessage = z.output<typeof message>

/** `raw` is what was sent, with the inputs that are the procedures' to parse. */
type Read = { raw: unknown; messages: SocketMessage[]; calls: number }

/**
 * One message of tRPC's, or several in an array: at most so many. `undefined` when it is no JSON, or anything in it is no such message:
 * tRPC itself does the rest of an array one of whose messages it refuses.
 */
export function readMessages(data: string | ArrayBuffer | Uint8Array, most: number): Read | undefined {
  const raw = typeof data === 'string' ? parseJson(data) : undefined
  if (!Array.isArray(raw)) {
    const one = message.safeParse(raw)
    return one.success ? { raw, messages: [one.data], calls: isCall(one.data) ? 1 : 0 } : undefined
  }
  const all = raw.length > most ? undefined : messages.safeParse(raw).data
  return all && { raw, messages: all, calls: all.filter(isCall).length }
}

const isCall = ({ method }: SocketMessage): boolean => method === 'query' || method === 'mutation'
