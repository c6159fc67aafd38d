import { once } from 'node:events'
import { WebSocket } from 'ws'
import { runInFlight, type Sample } from './in-flight.ts'

/** The same mutation over and over on `atOnce` sockets of tRPC, one at a time on each. */
export async function callOften(
  port: number,
  path: string,
  limits: { atOnce: number; maxMs: number; count: number },
): Promise<Sample> {
  const sockets = await Promise.all(Array.from({ length: limits.atOnce }, () => openCaller(port, path)))
  const idle = [...sockets]
  try {
    return await runInFlight([...Array(limits.count).keys()], limits, async (id) => {
      const socket = idle.pop()
      if (socket === undefined) throw new Error('more calls than sockets')
      try {
        await socket.call(id)
      } finally {
        idle.push(socket)
      }
    })
  } finally {
    for (const socket of sockets) socket.close()
  }
}

async function openCaller(
  port: number,
  path: string,
): Promise<{ call: (id: number) => Promise<void>; close: () => void }> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/trpc`, { perMessageDeflate: false })
  await once(socket, 'open')
  let waiting: PromiseWithResolvers<void> | undefined
  socket.on('message', (data: Buffer) => {
    const text = data.toString('utf8')
    if (text.includes('"result"')) waiting?.resolve()
    else waiting?.reject(new Error(text))
  })
  socket.on('close', () => waiting?.reject(new Error('the socket was closed')))
  return {
    call: (id) => {
      waiting = Promise.withResolvers<void>()
      socket.send(`{"id":${id},"jsonrpc":"2.0","method":"mutation","params":{"path":"${path}"}}`)
      return waiting.promise
    },
    close: () => socket.terminate(),
  }
}
