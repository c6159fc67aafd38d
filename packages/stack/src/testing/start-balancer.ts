import { connect, createServer, type Server, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

export type Balancer = {
  port: number
  close: () => Promise<void>
}

/** As often as balancers ask in a test; a real one asks every second or two. */
const askEveryMs = 100

/**
 * What stands before several processes in production: takes connections on `port` and joins each to the next of `targets` that says
 * it is ready (GET /readyz). One that stopped saying so gets no new connection, and keeps those it has. While nobody is
 * ready, connections wait for somebody who is, 10 s at most.
 */
export async function startBalancer(options: {
  port: number
  targets: readonly number[]
}): Promise<Balancer> {
  const ready = new Set<number>()
  const open = new Set<Socket>()
  const stopping = new AbortController()
  const asking = Promise.all(options.targets.map((port) => keepAsking(port, ready, stopping.signal)))
  let turn = 0
  const pick = (): number | undefined => {
    turn += 1
    const choice = options.targets.filter((port) => ready.has(port))
    return choice[turn % choice.length]
  }
  const server = createServer({ pauseOnConnect: true, allowHalfOpen: true }, (client) => {
    open.add(client)
    client.on('error', () => client.destroy())
    client.once('close', () => open.delete(client))
    void join(client, pick, stopping.signal)
  })
  await listen(server, options.port)
  return {
    port: options.port,
    close: async () => {
      stopping.abort()
      const closed = new Promise((resolve) => server.close(resolve))
      for (const client of open) client.destroy()
      await Promise.all([closed, asking])
    },
  }
}

const patienceMs = 10_000

async function join(client: Socket, pick: () => number | undefined, stop: AbortSignal): Promise<void> {
  for (const endMs = performance.now() + patienceMs; performance.now() < endMs && !stop.aborted; ) {
    const port = pick()
    const far = port === undefined ? undefined : await tryConnect(port)
    if (far !== undefined) return pass(client, far)
    await sleep(20)
  }
  client.resetAndDestroy()
}

/** Who is cut off by one side is cut off by the other. */
function pass(client: Socket, far: Socket): void {
  far.on('error', () => far.destroy())
  client.once('close', () => far.destroy())
  far.once('close', () => client.destroy())
  if (client.destroyed) return void far.destroy()
  client.pipe(far)
  far.pipe(client)
}

async function tryConnect(port: number): Promise<Socket | undefined> {
  const { promise, resolve } = Promise.withResolvers<Socket | undefined>()
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true, noDelay: true })
  socket.once('connect', () => resolve(socket))
  socket.once('error', () => resolve(undefined))
  return await promise
}

async function keepAsking(port: number, ready: Set<number>, stop: AbortSignal): Promise<void> {
  while (!stop.aborted) {
    if (await isReady(port)) ready.add(port)
    else ready.delete(port)
    await sleep(askEveryMs, undefined, { signal: stop }).catch(() => undefined)
  }
}

/** No answer is an answer: not ready. */
async function isReady(port: number): Promise<boolean> {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`, { signal: AbortSignal.timeout(2_000) })
    await answer.body?.cancel()
    return answer.ok
  } catch (error) {
    if (error instanceof Error) return false
    throw error
  }
}

async function listen(server: Server, port: number): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<undefined>()
  server.once('error', reject)
  server.listen({ port, host: '127.0.0.1', backlog: 1_024 }, () => resolve(undefined))
  await promise
}
