import { connect, type Socket } from 'node:net'
import { runInFlight, type Sample } from './in-flight.ts'

export type HttpCall = { port: number; method: 'GET' | 'POST'; path: string; body?: string }

type Connection = { ask: () => Promise<void>; close: () => void }

const timeoutMs = 10_000

/**
 * The same request over and over, on `atOnce` connections that are kept alive, one at a time on each. Anything but 200 is a
 * failure. Written on bare sockets: Node's own client costs more than the servers it would measure.
 */
export async function requestOften(
  call: HttpCall,
  limits: { count: number; atOnce: number; maxMs: number },
): Promise<Sample> {
  const connections = await Promise.all(Array.from({ length: limits.atOnce }, () => openConnection(call)))
  const idle = [...connections]
  try {
    return await runInFlight([...Array(limits.count).keys()], limits, async () => {
      const connection = idle.pop()
      if (connection === undefined) throw new Error('more requests than connections')
      try {
        await connection.ask()
      } finally {
        idle.push(connection)
      }
    })
  } finally {
    for (const connection of connections) connection.close()
  }
}

async function openConnection(call: HttpCall): Promise<Connection> {
  const request = requestText(call)
  const socket = await openSocket(call.port)
  let reply = expectReply()
  let waiting: PromiseWithResolvers<void> | undefined
  const settle = (failure: string | undefined): void => {
    const asker = waiting
    waiting = undefined
    if (failure === undefined) asker?.resolve()
    else asker?.reject(new Error(failure))
  }
  socket.on('data', (chunk: Buffer) => {
    if (!reply.take(chunk)) return
    const { status } = reply
    reply = expectReply()
    settle(status === 200 ? undefined : `status ${status}`)
  })
  socket.on('timeout', () => socket.destroy())
  socket.on('error', (error) => settle(error.message))
  socket.on('close', () => settle('the connection ended'))
  return {
    ask: () => {
      if (socket.destroyed) return Promise.reject(new Error('the connection has ended'))
      waiting = Promise.withResolvers<void>()
      socket.write(request)
      return waiting.promise
    },
    close: () => socket.destroy(),
  }
}

function openSocket(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true, timeout: timeoutMs })
    socket.once('connect', () => resolve(socket))
    socket.once('error', reject)
  })
}

function requestText({ method, path, port, body }: HttpCall): string {
  const headers =
    body === undefined ? '' : `content-type: application/json\r\ncontent-length: ${body.length}\r\n`
  return `${method} ${path} HTTP/1.1\r\nhost: localhost:${port}\r\n${headers}\r\n${body ?? ''}`
}

type Reply = { status: number; take: (chunk: Buffer) => boolean }

/** Reads one reply, however it is cut; `take` says whether that was the end of it. */
function expectReply(): Reply {
  let head = ''
  let left: number | undefined
  let isBody = false
  let tail = ''
  const reply: Reply = {
    status: 0,
    take: (chunk) => {
      if (isBody) return takeBody(chunk)
      head += chunk.toString('latin1')
      const end = head.indexOf('\r\n\r\n')
      if (end < 0) return false
      isBody = true
      reply.status = Number(head.slice(9, 12))
      const length = /\r\ncontent-length: *(\d+)/i.exec(head.slice(0, end))?.[1]
      left = length === undefined ? undefined : Number(length)
      return takeBody(Buffer.from(head.slice(end + 4), 'latin1'))
    },
  }
  const takeBody = (chunk: Buffer): boolean => {
    if (left !== undefined) {
      left -= chunk.length
      return left <= 0
    }
    // no length given: chunked, which ends with an empty chunk
    tail = (tail + chunk.subarray(-5).toString('latin1')).slice(-5)
    return tail === '0\r\n\r\n'
  }
  return reply
}
