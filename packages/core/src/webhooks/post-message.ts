import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import type { LookupFunction } from 'node:net'
import { RequestFilteringHttpAgent, RequestFilteringHttpsAgent } from 'request-filtering-agent'
import { lookUpName } from './look-up-name.ts'

/** What of an answer's body is read before the line is cut; what it says decides nothing. */
const maxReplyBytes = 16_384

/** `status` is `null` when there was no answer, and `error` says why in a few words. */
export type Answer = { status: number | null; error: string | null }

/**
 * One POST; never rejects. Follows no redirect, is over after `timeoutMs` whatever the other side does, and unless
 * `allowPrivate` connects to public addresses alone: the address is looked at when the connection is made, after the name was
 * resolved. It resolves when the connection is closed, so whoever bounds the calls under way bounds the connections, too:
 * an endpoint that says 200 and then drips on for ever would collect one for each message.
 */
export async function postMessage(
  url: string,
  { headers, body }: { headers: Record<string, string>; body: string },
  {
    allowPrivate,
    timeoutMs,
    lookup = lookUpName,
  }: { allowPrivate: boolean; timeoutMs: number; lookup?: LookupFunction },
): Promise<Answer> {
  const isSecure = url.startsWith('https:')
  const Agent = isSecure ? RequestFilteringHttpsAgent : RequestFilteringHttpAgent
  const signal = AbortSignal.timeout(timeoutMs)
  return await new Promise((resolve) => {
    let answer: Answer | undefined
    const end = (error: unknown): void =>
      resolve(answer ?? { status: null, error: describe(error, signal, timeoutMs) })
    try {
      const posted = (isSecure ? requestHttps : requestHttp)(url, {
        method: 'POST',
        headers: {
          ...headers,
          'content-length': Buffer.byteLength(body),
          'user-agent': 'greenroom-webhooks',
        },
        agent: new Agent({ allowPrivateIPAddress: allowPrivate, allowMetaIPAddress: allowPrivate }),
        // on a machine of one's own names may be in its hosts file alone
        ...(allowPrivate ? {} : { lookup }),
        signal,
      })
      posted.on('error', end)
      // the only event after an answer that would change the protocol (101)
      posted.on('close', () => end(new Error('closed without an answer')))
      posted.on('response', (response) => {
        const status = response.statusCode ?? 0
        answer = { status, error: status >= 200 && status < 300 ? null : `answered ${status}` }
        let received = 0
        response.on('error', end)
        response.on('data', (chunk: Buffer) => {
          received += chunk.length
          if (received > maxReplyBytes) response.destroy()
        })
      })
      posted.end(body)
    } catch (error) {
      end(error)
    }
  })
}

function describe(error: unknown, signal: AbortSignal, timeoutMs: number): string {
  if (signal.aborted) return `no answer within ${timeoutMs} ms`
  if (!(error instanceof Error)) return 'failed'
  if (error.message.includes('is not allowed. Because')) return 'refused: not a public address'
  return ('code' in error ? String(error.code) : error.message).slice(0, 200)
}
