import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { AccountId, RegisterWebhookInput, WebhookEndpointId } from '@greenroom/contract'
import { onTestFinished } from 'vitest'
import type { Deps } from '../platform/deps.ts'
import { registerWebhook } from '../webhooks/index.ts'

type Message = { id: string; headers: Record<string, string>; body: string }

/** A status, nothing until it lets go, or what to do with the reply instead. */
type Answer = number | 'silence' | ((reply: ServerResponse) => void)

export type Receiver = {
  url: string
  /** Everything it was sent, in the order of arrival. */
  messages: Message[]
  /** How it answers from now on. */
  answer: (answer: Answer) => void
  /** Answers those that it has kept waiting. */
  letGo: (status: number) => void
}

/** Somebody else's server that webhooks are sent to; ends with the test. */
export async function startReceiver(first: Answer = 204): Promise<Receiver> {
  const messages: Message[] = []
  const kept: ServerResponse[] = []
  let answer = first
  const server: Server = createServer((request, reply) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const headers = Object.fromEntries(
        Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
      )
      const message = {
        id: headers['webhook-id'] ?? '',
        headers,
        body: Buffer.concat(chunks).toString('utf8'),
      }
      messages.push(message)
      if (typeof answer === 'number') reply.writeHead(answer).end()
      else if (answer === 'silence') kept.push(reply)
      else answer(reply)
    })
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/hook`,
    messages,
    answer: (next) => {
      answer = next
    },
    letGo: (status) => {
      for (const reply of kept.splice(0)) reply.writeHead(status).end()
    },
  }
}

/** An endpoint that asks for everything, or what `input` says. */
export async function registerReceiver(
  deps: Deps,
  receiver: Pick<Receiver, 'url'>,
  { operatorId, ...input }: Partial<RegisterWebhookInput> & { operatorId: AccountId },
): Promise<{ endpointId: WebhookEndpointId; secret: string }> {
  return await registerWebhook(deps, {
    operatorId,
    url: receiver.url,
    description: '',
    eventTypes: ['reservation.paid', 'reservation.expired', 'payment.refunded'],
    ...input,
  })
}
