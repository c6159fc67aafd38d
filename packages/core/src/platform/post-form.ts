import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { RequestFilteringHttpAgent, RequestFilteringHttpsAgent } from 'request-filtering-agent'
import { parseJson } from './parse-json.ts'

/** What a verdict may weigh. */
const maxReplyBytes = 16_384

/**
 * Posts a form and gives the JSON of a 200; `undefined` for everything else: no answer in `timeoutMs`, another status, no
 * JSON, more than 16 kB. Never rejects. Follows no redirect; unless `allowPrivate` connects to public addresses alone, looked
 * at when the connection is made.
 */
export async function postForm(
  url: string,
  form: Record<string, string>,
  { allowPrivate, timeoutMs }: { allowPrivate: boolean; timeoutMs: number },
): Promise<unknown> {
  const isSecure = url.startsWith('https:')
  const Agent = isSecure ? RequestFilteringHttpsAgent : RequestFilteringHttpAgent
  const body = new URLSearchParams(form).toString()
  return await new Promise((resolve) => {
    try {
      const posted = (isSecure ? requestHttps : requestHttp)(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          'content-length': Buffer.byteLength(body),
        },
        agent: new Agent({ allowPrivateIPAddress: allowPrivate, allowMetaIPAddress: allowPrivate }),
        signal: AbortSignal.timeout(timeoutMs),
      })
      const giveUp = (): void => resolve(undefined)
      posted.on('error', giveUp)
      posted.on('close', giveUp)
      posted.on('response', (response) => {
        const chunks: Buffer[] = []
        let received = 0
        response.on('error', giveUp)
        response.on('data', (chunk: Buffer) => {
          received += chunk.length
          if (received > maxReplyBytes) response.destroy()
          else chunks.push(chunk)
        })
        response.on('end', () =>
          resolve(
            response.statusCode === 200 ? parseJson(Buffer.concat(chunks).toString('utf8')) : undefined,
          ),
        )
      })
      posted.end(body)
    } catch {
      // an address that the agent refuses before it connects
      resolve(undefined)
    }
  })
}
