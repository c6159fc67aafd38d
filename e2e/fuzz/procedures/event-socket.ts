import { parseWireError } from '@greenroom/contract'
import { z } from 'zod'
import type { Verdict } from './check-reply.ts'

const answer = z.tuple([
  z.union([
    z.object({ ok: z.literal(true), value: z.unknown() }),
    z.object({ ok: z.literal(false), error: z.unknown() }),
  ]),
])
const answerWithinMs = 20_000

/** Socket.IO spoken by hand, for packets that need not be well formed. */
export type EventSocket = {
  /** What an event was answered; `closed` when the gateway hung up, as it does on what is no packet. */
  ask: (name: string, input: string) => Promise<Verdict | 'closed'>
  close: () => void
}

/** Rejects when the gateway does not take the session. */
export async function openEventSocket(gatewayUrl: string, token: string): Promise<EventSocket> {
  const socket = new WebSocket(`${gatewayUrl.replace(/^http/, 'ws')}/socket.io/?EIO=4&transport=websocket`)
  const connected = Promise.withResolvers<undefined>()
  const waiting = new Map<number, (verdict: Verdict | 'closed') => void>()
  let lastId = 0
  socket.addEventListener('message', ({ data }) => {
    const text = String(data)
    if (text === '2') return socket.send('3')
    if (text.startsWith('0')) return socket.send(`40${JSON.stringify({ token })}`)
    if (text.startsWith('40')) return connected.resolve(undefined)
    if (text.startsWith('44')) return connected.reject(new Error(`the gateway refused: ${text}`))
    const [, id, body] = /^43(\d+)(.*)$/s.exec(text) ?? []
    if (id !== undefined) waiting.get(Number(id))?.(judge(body ?? ''))
  })
  const hangUp = (): void => {
    connected.reject(new Error('the gateway hung up'))
    for (const tell of waiting.values()) tell('closed')
  }
  socket.addEventListener('close', hangUp)
  socket.addEventListener('error', hangUp)
  await connected.promise
  return {
    ask: async (name, input) => {
      if (socket.readyState !== WebSocket.OPEN) return 'closed'
      lastId += 1
      const id = lastId
      const answered = Promise.withResolvers<Verdict | 'closed'>()
      const late = setTimeout(
        () => answered.resolve({ outcome: 'refused', fault: `${name} was not answered` }),
        answerWithinMs,
      )
      waiting.set(id, answered.resolve)
      socket.send(`42${id}[${JSON.stringify(name)},${input}]`)
      try {
        return await answered.promise
      } finally {
        clearTimeout(late)
        waiting.delete(id)
      }
    },
    close: () => socket.close(),
  }
}

/** An answer is what was asked for, or a refusal of ours that was planned. */
function judge(body: string): Verdict {
  const read = answer.safeParse(JSON.parse(body))
  if (!read.success) return { outcome: 'refused', fault: `is no answer: ${body.slice(0, 300)}` }
  const [reply] = read.data
  if (reply.ok) return { outcome: 'done', fault: undefined }
  const refusal = parseWireError(reply.error)
  const isPlanned = refusal !== undefined && refusal.code !== 'INTERNAL'
  return { outcome: 'refused', fault: isPlanned ? undefined : `is no refusal of ours: ${body.slice(0, 300)}` }
}
