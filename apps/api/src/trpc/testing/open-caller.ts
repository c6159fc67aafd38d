import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { type Deps, type Session, signUp, verifySession } from '@greenroom/core'
import { onTestFinished } from 'vitest'
import { WebSocket } from 'ws'

type Reply = {
  id: number | string | null
  result?: { type?: string; data?: unknown }
  error?: { data: { domain: { code: string } } }
}

type Person = { token: string; session: Session }

export async function makePerson(deps: Deps): Promise<Person> {
  const email = `${randomUUID()}@greenroom.example`
  const { token } = await signUp(deps, { email, password: 'greenroom', name: 'Fan', locale: 'en' })
  const session = verifySession(deps, token)
  if (session === undefined) throw new Error('no session')
  return { token, session }
}

/** A WebSocket of tRPC's, spoken by hand, and what came over it; `closed` is how the server ended it. */
export async function openCaller(url: URL, person?: Person) {
  const headers = person === undefined ? {} : { authorization: `Bearer ${person.token}` }
  const socket = new WebSocket(`ws://${url.host}/trpc`, { headers })
  onTestFinished(() => socket.terminate())
  const replies: Reply[] = []
  const closed: { code?: number; reason?: string } = {}
  socket.on('message', (text: Buffer) => {
    if (text.length > 4) replies.push(JSON.parse(text.toString('utf8')) as Reply)
  })
  socket.on('close', (code, reason) => Object.assign(closed, { code, reason: reason.toString('utf8') }))
  await once(socket, 'open')
  const answersTo = (id: number): Reply[] => replies.filter((reply) => reply.id === id)
  return {
    socket,
    replies,
    closed,
    answersTo,
    send: (...messages: unknown[]) =>
      socket.send(JSON.stringify(messages.length === 1 ? messages[0] : messages)),
    typesOf: (id: number) =>
      answersTo(id).map(({ result, error }) => result?.type ?? error?.data.domain.code),
  }
}

export const call = (id: unknown, method: string, path: string, input?: unknown) => ({
  id,
  jsonrpc: '2.0',
  method,
  params: { path, input },
})
