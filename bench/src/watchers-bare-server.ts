/** The floor of every broadcast: bare `ws`, one buffer for everybody. */
import { createServer } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { type WebSocket, WebSocketServer } from 'ws'
import { z } from 'zod'

const order = z.object({ texts: z.array(z.string()), everyMs: z.number() })

const http = createServer()
const server = new WebSocketServer({ server: http, perMessageDeflate: false, clientTracking: false })
const sockets = new Set<WebSocket>()
server.on('connection', (socket) => sockets.add(socket))

process.on('message', (message) => {
  const { texts, everyMs } = order.parse(message)
  broadcastAll(texts, everyMs).then(
    () => process.send?.({ done: true }),
    (error: unknown) => process.send?.({ failed: String(error) }),
  )
})

async function broadcastAll(texts: readonly string[], everyMs: number): Promise<void> {
  const beganMs = performance.now()
  for (const [at, text] of texts.entries()) {
    const shared = Buffer.from(text)
    for (const socket of sockets) socket.send(shared, { binary: false })
    await sleep(Math.max(0, beganMs + (at + 1) * everyMs - performance.now()))
  }
}

process.on('disconnect', () => process.exit(0))
http.listen({ port: 0, host: '127.0.0.1' }, () => {
  const address = http.address()
  if (address === null || typeof address === 'string') throw new Error('a server without a port')
  process.send?.({ port: address.port })
})
