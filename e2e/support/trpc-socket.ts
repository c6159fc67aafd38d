type Reply = { id: number; result?: { type: string; data?: unknown }; error?: { data: { domain: unknown } } }

/** tRPC over one WebSocket, spoken by hand: what a program without our client would send. */
export type TrpcSocket = {
  /** The data of the reply, or the refusal it carries. */
  call: (method: 'query' | 'mutation', path: string, input?: unknown) => Promise<unknown>
  /** Everything a subscription has sent so far. */
  subscribe: (path: string, input: unknown) => unknown[]
  close: () => void
}

export async function openTrpcSocket(url: string, token: string): Promise<TrpcSocket> {
  const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/trpc?connectionParams=1`)
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve)
    socket.addEventListener('error', () => reject(new Error(`no WebSocket at ${url}`)))
  })
  socket.send(JSON.stringify({ method: 'connectionParams', data: { token } }))
  const listeners = new Map<number, (reply: Reply) => void>()
  socket.addEventListener('message', ({ data }) => {
    if (data === 'PING') return socket.send('PONG')
    const reply = JSON.parse(String(data)) as Reply
    listeners.get(reply.id)?.(reply)
  })
  let lastId = 0
  const send = (method: string, path: string, input: unknown, onReply: (reply: Reply) => void): void => {
    lastId += 1
    listeners.set(lastId, onReply)
    socket.send(JSON.stringify({ id: lastId, jsonrpc: '2.0', method, params: { path, input } }))
  }
  return {
    call: (method, path, input) =>
      new Promise((resolve) => {
        send(method, path, input, ({ result, error }) => resolve(error ? error.data.domain : result?.data))
      }),
    subscribe: (path, input) => {
      const received: unknown[] = []
      send('subscription', path, input, ({ result }) => {
        if (result?.type === 'data') received.push(result.data)
      })
      return received
    },
    close: () => socket.close(),
  }
}
