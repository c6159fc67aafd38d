/** tRPC over a WebSocket, spoken by hand, for messages that need not be well formed. */
export type TrpcLine = {
  /** The first message that answers, or that the server hung up. Rejects when there is neither in 20 s. */
  ask: (token: string, message: (id: number) => string) => Promise<string>
  close: () => void
}

const answerWithinMs = 20_000
/** Calls a socket is used for: others shall be seen to begin, too. */
const callsPerSocket = 100

export function openTrpcLine(url: string): TrpcLine {
  /** One caller at a time has each socket. */
  const idle = new Map<string, { socket: WebSocket; calls: number }[]>()
  const open = new Set<WebSocket>()
  const connect = async (token: string): Promise<WebSocket> => {
    const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/trpc?connectionParams=1`)
    const opened = Promise.withResolvers<undefined>()
    socket.addEventListener('open', () => opened.resolve(undefined))
    socket.addEventListener('error', () => opened.reject(new Error('no WebSocket')))
    await opened.promise
    open.add(socket)
    socket.addEventListener('close', () => open.delete(socket))
    socket.send(JSON.stringify({ method: 'connectionParams', data: token === '' ? {} : { token } }))
    return socket
  }
  return {
    ask: async (token, message) => {
      const known = idle.get(token)?.pop()
      const { socket, calls } = known ?? { socket: await connect(token), calls: 0 }
      const id = calls + 1
      const reply = await askOnce(socket, id, message(id))
      if (reply === 'closed' || id >= callsPerSocket) socket.close()
      else {
        socket.send(JSON.stringify({ id, method: 'subscription.stop' }))
        idle.set(token, [...(idle.get(token) ?? []), { socket, calls: id }])
      }
      return reply
    },
    close: () => {
      for (const socket of open) socket.close()
    },
  }
}

async function askOnce(socket: WebSocket, id: number, message: string): Promise<string> {
  const answered = Promise.withResolvers<string>()
  const onMessage = ({ data }: MessageEvent): void => {
    const text = String(data)
    if (text === 'PING') return socket.send('PONG')
    const isOwn = text.includes(`"id":${id},`) || text.includes(`"id":${id}}`) || text.includes('"id":null')
    if (isOwn && !text.includes('"type":"stopped"')) answered.resolve(text)
  }
  const onClose = (): void => answered.resolve('closed')
  const late = setTimeout(() => answered.reject(new Error('no answer on a WebSocket')), answerWithinMs)
  socket.addEventListener('message', onMessage)
  socket.addEventListener('close', onClose)
  try {
    if (socket.readyState !== WebSocket.OPEN) return 'closed'
    socket.send(message)
    return await answered.promise
  } finally {
    clearTimeout(late)
    socket.removeEventListener('message', onMessage)
    socket.removeEventListener('close', onClose)
  }
}
