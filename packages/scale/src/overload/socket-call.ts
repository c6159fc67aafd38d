import { connect, type Socket } from 'node:net'

export type Answer = { status: number; retryAfterS: number | undefined }

/** A connection that is kept alive and has one request under way at a time. */
export type Connection = { ask: (request: string) => Promise<Answer>; close: () => void }

/** Opens one to the loopback. Bare sockets, because Node's own client costs more than the server it would load. */
export async function openConnection(port: number): Promise<Connection> {
  const socket = await openSocket(port)
  let text = ''
  let waiting: PromiseWithResolvers<Answer> | undefined
  socket.setEncoding('latin1')
  socket.on('data', (chunk: string) => {
    text += chunk
    const answer = readAnswer(text)
    if (answer === undefined) return
    text = ''
    waiting?.resolve(answer)
    waiting = undefined
  })
  const fail = (error: Error): void => {
    waiting?.reject(error)
    waiting = undefined
  }
  socket.on('error', fail)
  socket.on('close', () => fail(new Error('the connection ended')))
  return {
    ask: (request) => {
      if (socket.destroyed) return Promise.reject(new Error('the connection has ended'))
      waiting = Promise.withResolvers<Answer>()
      socket.write(request)
      return waiting.promise
    },
    close: () => socket.destroy(),
  }
}

function openSocket(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true })
    socket.once('connect', () => resolve(socket))
    socket.once('error', reject)
  })
}

/** Status and hint of a reply that is there in full; the api tells the length of every reply to a program. */
function readAnswer(text: string): Answer | undefined {
  const end = text.indexOf('\r\n\r\n')
  if (end < 0) return undefined
  const head = text.slice(0, end)
  const length = Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? 0)
  if (text.length < end + 4 + length) return undefined
  const retryAfter = /\r\nretry-after: *(\d+)/i.exec(head)?.[1]
  return {
    status: Number(head.slice(9, 12)),
    retryAfterS: retryAfter === undefined ? undefined : Number(retryAfter),
  }
}

export type Call = { method: 'GET' | 'POST'; path: string; token: string; body?: object | undefined }

export function requestText(port: number, { method, path, token, body }: Call): string {
  const json = body === undefined ? '' : JSON.stringify(body)
  const head = [
    `${method} ${path} HTTP/1.1`,
    `host: localhost:${port}`,
    `authorization: Bearer ${token}`,
    ...(body === undefined ? [] : ['content-type: application/json', `content-length: ${json.length}`]),
  ]
  return `${head.join('\r\n')}\r\n\r\n${json}`
}
