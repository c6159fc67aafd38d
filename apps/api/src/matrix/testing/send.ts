import { once } from 'node:events'
import { parseWireError } from '@greenroom/contract'
import { appRouter } from '@greenroom/router'
import { WebSocket } from 'ws'

/** What a call was answered: `code` is the refusal's, `reason` its reason where it has one. */
export type Answer = { code: string | undefined; reason: unknown; text: string }

/** Sends one call as a program would, over HTTP; subscriptions over a WebSocket, until the first message. */
export async function send(
  origin: URL,
  call: { path: string; input: unknown; token: string | undefined },
): Promise<Answer> {
  const headers = call.token === undefined ? {} : { authorization: `Bearer ${call.token}` }
  const type = typeOf(call.path)
  if (type === 'subscription') return await subscribe(origin, call, headers)
  const text = JSON.stringify(call.input)
  const query = type === 'query' && text !== undefined ? `?input=${encodeURIComponent(text)}` : ''
  const reply = await fetch(new URL(`/trpc/${call.path}${query}`, origin), {
    headers: { ...headers, ...(type === 'mutation' ? { 'content-type': 'application/json' } : {}) },
    method: type === 'mutation' ? 'POST' : 'GET',
    ...(type === 'mutation' ? { body: text ?? '{}' } : {}),
  })
  return answerOf(await reply.text())
}

async function subscribe(
  origin: URL,
  { path, input }: { path: string; input: unknown },
  headers: Record<string, string>,
): Promise<Answer> {
  const socket = new WebSocket(`ws://${origin.host}/trpc`, { headers })
  try {
    await once(socket, 'open')
    const message = Promise.withResolvers<string>()
    socket.on('message', (bytes: Buffer) => {
      const text = bytes.toString('utf8')
      if (!text.includes('"started"')) message.resolve(text)
    })
    socket.send(JSON.stringify({ id: 1, jsonrpc: '2.0', method: 'subscription', params: { path, input } }))
    return answerOf(await message.promise)
  } finally {
    socket.close()
  }
}

function answerOf(text: string): Answer {
  const body: unknown = JSON.parse(text)
  const domain = ['error', 'data', 'domain'].reduce<unknown>(
    (at, name) => Reflect.get(Object(at), name),
    body,
  )
  if (domain === undefined) return { code: undefined, reason: undefined, text }
  const refusal = parseWireError(domain)
  if (refusal === undefined) throw new Error(`an answer of no known form: ${text}`)
  return { code: refusal.code, reason: Reflect.get(refusal.details, 'reason'), text }
}

/** query, mutation or subscription */
export function typeOf(path: string): string {
  const procedure: unknown = Reflect.get(appRouter._def.procedures, path)
  const type: unknown = Reflect.get(Object(Reflect.get(Object(procedure), '_def')), 'type')
  if (typeof type !== 'string') throw new Error(`${path} is no procedure`)
  return type
}
