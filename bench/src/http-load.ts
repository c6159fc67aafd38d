import { connect, type Socket } from 'node:net'
import { runInFlight, type Sample } from './in-flight.ts'

export type HttpCall = {
  method: 'GET' | 'POST'
  path: string
  body?: string
  headers?: Record<string, string>
}
type Limits = { atOnce: number; maxMs: number }

/** Says why a reply is not what was asked for; `undefined`: it is. */
export type Judge = (reply: { status: number; body: string }) => string | undefined

type Connection = { ask: (request: Buffer) => Promise<void>; close: () => void }

const timeoutMs = 10_000

/** The same request over and over; see `requestEach`. */
export async function requestOften(
  call: HttpCall & { port: number },
  limits: Limits & { count: number },
): Promise<Sample> {
  const request = requestBytes(call.port, call)
  return await sendAll(
    call.port,
    Array.from({ length: limits.count }, () => request),
    limits,
  )
}

/**
 * Each request once, on `atOnce` connections that are kept alive, one at a time on each. Anything but 200 is a failure, unless
 * `judge` reads the replies. Written on bare sockets: Node's own client costs more than the servers it would measure.
 */
export async function requestEach(
  port: number,
  calls: readonly HttpCall[],
  limits: Limits,
  judge?: Judge,
): Promise<Sample> {
  // put together before the time runs
  const requests = calls.map((call) => requestBytes(port, call))
  return await sendAll(port, requests, limits, judge)
}

/** How long the whole reply is on the wire, its head included. */
export async function countReplyBytes(port: number, call: HttpCall): Promise<number> {
  const socket = await openSocket(port)
  try {
    const reply = expectReply(true)
    const isWhole = new Promise<void>((resolve, reject) => {
      socket.on('data', (chunk: Buffer) => {
        if (reply.take(chunk)) resolve()
      })
      socket.on('close', () => reject(new Error('the connection ended')))
    })
    socket.write(requestBytes(port, call))
    await isWhole
    if (reply.status !== 200) throw new Error(`status ${reply.status}: ${reply.body()}`)
    return socket.bytesRead
  } finally {
    socket.destroy()
  }
}

async function sendAll(
  port: number,
  requests: readonly Buffer[],
  limits: Limits,
  judge?: Judge,
): Promise<Sample> {
  const connections = await Promise.all(
    Array.from({ length: limits.atOnce }, () => openConnection(port, judge)),
  )
  const idle = [...connections]
  try {
    return await runInFlight(requests, limits, async (request) => {
      const connection = idle.pop()
      if (connection === undefined) throw new Error('more requests than connections')
      try {
        await connection.ask(request)
      } finally {
        idle.push(connection)
      }
    })
  } finally {
    for (const connection of connections) connection.close()
  }
}

async function openConnection(port: number, judge: Judge | undefined): Promise<Connection> {
  const socket = await openSocket(port)
  let reply = expectReply(judge !== undefined)
  let waiting: PromiseWithResolvers<void> | undefined
  const settle = (failure: string | undefined): void => {
    const asker = waiting
    waiting = undefined
    if (failure === undefined) asker?.resolve()
    else asker?.reject(new Error(failure))
  }
  socket.on('data', (chunk: Buffer) => {
    if (!reply.take(chunk)) return
    const { status, body } = reply
    reply = expectReply(judge !== undefined)
    if (judge !== undefined) settle(judge({ status, body: body() }))
    else settle(status === 200 ? undefined : `status ${status}`)
  })
  socket.on('timeout', () => socket.destroy())
  socket.on('error', (error) => settle(error.message))
  socket.on('close', () => settle('the connection ended'))
  return {
    ask: (request) => {
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

function requestBytes(port: number, { method, path, body, headers = {} }: HttpCall): Buffer {
  const all = {
    host: `localhost:${port}`,
    ...(body === undefined
      ? {}
      : { 'content-type': 'application/json', 'content-length': `${Buffer.byteLength(body)}` }),
    ...headers,
  }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`)
  return Buffer.from(`${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n${body ?? ''}`)
}

type Reply = { status: number; take: (chunk: Buffer) => boolean; body: () => string }

const headEnd = '\r\n\r\n'

/** Reads one reply, however it is cut; `take` says whether that was the end of it. Keeps its body if it is wanted. */
function expectReply(isBodyWanted: boolean): Reply {
  let early: Buffer | undefined
  let left: number | undefined
  let isBody = false
  let tail = ''
  const kept: Buffer[] = []
  const reply: Reply = {
    status: 0,
    body: () => Buffer.concat(kept).toString('utf8'),
    take: (chunk) => {
      if (isBody) return takeBody(chunk)
      const known = early === undefined ? chunk : Buffer.concat([early, chunk])
      const end = known.indexOf(headEnd)
      if (end < 0) {
        early = known
        return false
      }
      isBody = true
      const head = known.toString('latin1', 0, end)
      reply.status = Number(head.slice(9, 12))
      const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1]
      left = length === undefined ? undefined : Number(length)
      return takeBody(known.subarray(end + headEnd.length))
    },
  }
  const takeBody = (chunk: Buffer): boolean => {
    if (isBodyWanted) kept.push(chunk)
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
