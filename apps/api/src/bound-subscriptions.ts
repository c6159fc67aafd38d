import type { RawData, WebSocket } from 'ws'
import { z } from 'zod'
import { limits } from './limits.ts'

const message = z.object({ id: z.union([z.number(), z.string()]), method: z.string() })
const messages = z.union([message.array(), message.transform((one) => [one])])
/** As the standard names it: a message that breaks the rules of this endpoint. */
const policyViolation = 1008

/**
 * Closes a socket that begins more subscriptions than it stops: each keeps something alive on the server, and their rate alone would
 * let a patient caller pile them up for hours. What is no message is tRPC's to refuse.
 */
export function boundSubscriptions(client: WebSocket): void {
  const open = new Set<number | string>()
  client.on('message', (data: RawData) => {
    for (const { id, method } of read(data)) {
      if (method === 'subscription') open.add(id)
      if (method === 'subscription.stop') open.delete(id)
    }
    if (open.size > limits.subscriptionsPerSocket) client.close(policyViolation, 'too many subscriptions')
  })
}

function textOf(data: RawData): string {
  return (
    Array.isArray(data) ? Buffer.concat(data) : data instanceof ArrayBuffer ? Buffer.from(data) : data
  ).toString('utf8')
}

function read(data: RawData): z.output<typeof messages> {
  try {
    return messages.safeParse(JSON.parse(textOf(data))).data ?? []
  } catch (error) {
    if (error instanceof SyntaxError) return []
    throw error
  }
}
