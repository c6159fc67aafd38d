import type { Operation } from '../read-document.ts'
import { openSender } from '../send-request.ts'
import type { Call } from './draw-call.ts'
import { checkMessage, checkReply, type Verdict } from './check-reply.ts'
import { openTrpcLine } from './trpc-line.ts'

export type SendCall = ((call: Call) => Promise<Verdict>) & { close: () => void }

/** What Node reads of a request's head is 16 kB: a longer input would only ever be refused for that. */
const longestQuery = 12_000

/** Sends calls to one server: queries and mutations over HTTP, subscriptions over a WebSocket. Rejects when there is no answer. */
export function openCallSender(url: string, fill: (text: string) => string): SendCall {
  const send = openSender(url, fill)
  const line = openTrpcLine(url)
  const overHttp = async ({ procedure, headers, input, encoding }: Call): Promise<Verdict> => {
    const isQuery = procedure.type === 'query'
    const operation: Operation = {
      operationId: procedure.path,
      method: isQuery ? 'GET' : 'POST',
      path: `/trpc/${procedure.path}`,
      parameters: [],
      body: undefined,
      proofs: [],
      answers: new Map(),
    }
    const query = isQuery && input !== undefined ? `?input=${encode(fill(input), encoding)}` : ''
    const body = isQuery ? undefined : input
    const type = body === undefined ? {} : { 'content-type': 'application/json' }
    const path = `${operation.path}${query}`
    const answer = await send({ operation, path, headers: { ...type, ...headers }, body, encoding })
    return checkReply(answer.status, answer.body)
  }
  const overSocket = async (call: Call): Promise<Verdict> => {
    const token = fill(call.headers['authorization'] ?? '').replace(/^Bearer /, '')
    const input = call.input === undefined ? '' : `,"input":${fill(call.input)}`
    const message = (id: number): string =>
      `{"id":${id},"method":"subscription","params":{"path":"${call.procedure.path}"${input}}}`
    const reply = await line.ask(token, message)
    return reply === 'closed' ? { outcome: 'refused', fault: undefined } : checkMessage(reply)
  }
  const sendCall = (call: Call): Promise<Verdict> =>
    call.procedure.type === 'subscription' ? overSocket(call) : overHttp(call)
  return Object.assign(sendCall, {
    close: () => {
      send.close()
      line.close()
    },
  })
}

function encode(text: string, encoding: Call['encoding']): string {
  const short = text.slice(0, longestQuery / 3)
  if (encoding === 'utf8') return encodeURIComponent(short.toWellFormed())
  return [...Buffer.from(short, 'latin1')].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('')
}
