import { type Encoder, jsonEncoder } from '@trpc/server/adapters/ws'
import type { RawData, WebSocket } from 'ws'
import { limits } from '../limits.ts'
import { createCallsUnderWay } from './calls-under-way.ts'
import { policyViolation } from './policy-violation.ts'
import { readMessages } from './socket-message.ts'
import { openTokenBucket, type Rate } from './token-bucket.ts'

/** What one socket may ask for and leave unread. */
export type SocketLimits = Record<
  'batchCalls' | 'callsPerSocket' | 'subscriptionsPerSocket' | 'unreadBytes',
  number
> &
  Record<'refusals' | 'keepAlives', Rate>

/**
 * What comes in on one socket and goes out on it, for tRPC to read and write by: over WebSocket it has no limits of its own. Closes
 * a socket that sends what is no message, more at once than it may, or an id that is in use, before any of that message is done; one
 * that does not read its answers, that is refused again and again, or that asks for signs of life all the time. `expectsParams`:
 * the first message says who calls. A message is parsed here, once.
 */
export function guardSocket(
  client: WebSocket,
  expectsParams: boolean,
  { keepAlives, refusals, ...most }: SocketLimits = limits,
): Encoder {
  const underWay = createCallsUnderWay()
  const refusalsLeft = openTokenBucket(refusals)
  let isIntroduced = !expectsParams
  const close = (reason: string): [] => {
    client.close(policyViolation, reason)
    return []
  }
  const isBehind = (): boolean => client.bufferedAmount > most.unreadBytes
  boundKeepAlives(client, keepAlives)
  return {
    decode: (data) => {
      // what came behind the message that the socket was closed for
      if (client.readyState !== client.OPEN) return []
      if (!isIntroduced) {
        isIntroduced = true
        return jsonEncoder.decode(data)
      }
      if (isBehind()) return close('answers that are not read')
      const read = readMessages(data, most.batchCalls + most.subscriptionsPerSocket)
      if (read === undefined) return close('not a message')
      if (read.calls > most.batchCalls) return close('too many calls')
      for (const message of read.messages) if (!underWay.begin(message)) return close('an id that is in use')
      const { calls, subscriptions } = underWay.count()
      if (calls > most.callsPerSocket) return close('too many calls')
      if (subscriptions > most.subscriptionsPerSocket) return close('too many subscriptions')
      return read.raw
    },
    encode: (answer) => {
      const { isRefusal } = underWay.end(answer)
      if (isBehind()) close('answers that are not read')
      else if (isRefusal && !refusalsLeft.take()) close('too many refused calls')
      return jsonEncoder.encode(answer)
    },
  }
}

/** Each is answered with a few bytes, which cost a hundred times as much while they are not read. */
function boundKeepAlives(client: WebSocket, rate: Rate): void {
  const left = openTokenBucket(rate)
  const count = (): void => {
    if (!left.take()) client.terminate()
  }
  client.on('ping', count)
  // PING and PONG
  client.on('message', (data: RawData) => {
    if (Buffer.isBuffer(data) && data.length === 4) count()
  })
}
