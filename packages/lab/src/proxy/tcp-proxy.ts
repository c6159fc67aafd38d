import { createServer, connect, type Server, type Socket } from 'node:net'
import { createLane, type Lane } from './lane.ts'
import { isMetBy, losesBytes, readWeather, type Trouble } from './trouble.ts'

/** Looks at what passes one connection, and may hold it back or change it; `null`: nothing passes. */
type Tap = {
  up: (chunk: Buffer) => Buffer | null
  down: (chunk: Buffer) => Buffer | null
}

/** `cut` resets the connection on both sides. */
export type MakeTap = (cut: () => void) => Tap

export type TcpProxy = {
  port: number
  /**
   * In force for the connections there are and those to come, until the returned function is called. They add up. `onMet`
   * is called, perhaps often, when something that passes suffers it; never for `refuse`: who is refused is not seen here.
   */
  impose: (trouble: Trouble, onMet?: () => void) => Promise<() => Promise<void>>
  /** Resets every connection; answers how many. */
  cut: () => number
  connections: () => number
  close: () => Promise<void>
}

/** A crowd that comes back at once waits to be accepted, rather than asking again seconds later. */
const backlog = 4_096

type Connection = { client: Socket; server: Socket; lanes: Lane[]; hasLost: boolean }

const passing: MakeTap = () => ({ up: (chunk) => chunk, down: (chunk) => chunk })

/**
 * Listens on loopback and joins each connection to one of the targets, in turn; a target that refuses is passed over. What
 * happens on the way is the lab's business: see Trouble and Tap.
 */
export async function startTcpProxy(options: {
  targets: readonly number[]
  port: number
  tap?: MakeTap
}): Promise<TcpProxy> {
  const makeTap = options.tap ?? passing
  const troubles = new Map<Trouble, () => void>()
  const connections = new Set<Connection>()
  let turn = 0

  const dial = async (): Promise<Socket | undefined> => {
    turn += 1
    for (const [index] of options.targets.entries()) {
      const port = options.targets[(turn + index) % options.targets.length]
      const socket = port === undefined ? undefined : await tryConnect(port)
      if (socket !== undefined) return socket
    }
    return undefined
  }
  const join = async (client: Socket): Promise<void> => {
    client.on('error', ignoreReset)
    client.setNoDelay(true)
    const server = await dial()
    if (server === undefined || client.destroyed) {
      server?.destroy()
      client.resetAndDestroy()
      return
    }
    const connection: Connection = { client, server, lanes: [], hasLost: false }
    connections.add(connection)
    const cut = (): void => {
      client.resetAndDestroy()
      server.resetAndDestroy()
    }
    const tap = makeTap(cut)
    const onSwallowed = (): void => {
      connection.hasLost = true
    }
    const weatherOf = (direction: 'up' | 'down') => () => readWeather(troubles.keys(), direction)
    const onTakenOf = (direction: 'up' | 'down') => () => {
      for (const [trouble, onMet] of troubles) if (isMetBy(trouble, direction)) onMet()
    }
    const up = {
      from: client,
      to: server,
      tap: tap.up,
      weather: weatherOf('up'),
      onTaken: onTakenOf('up'),
      onSwallowed,
    }
    const down = {
      from: server,
      to: client,
      tap: tap.down,
      weather: weatherOf('down'),
      onTaken: onTakenOf('down'),
      onSwallowed,
    }
    connection.lanes.push(createLane(up), createLane(down))
    const forget = (): void => {
      if (client.destroyed && server.destroyed) connections.delete(connection)
    }
    const passReset = (other: Socket) => (hadError: boolean) => {
      const { isFrozen, isSwallowed } = readWeather(troubles.keys(), 'down')
      if (hadError && !isFrozen && !isSwallowed) other.resetAndDestroy()
      forget()
    }
    client.on('close', passReset(server))
    server.on('close', passReset(client))
  }
  const server = createServer({ pauseOnConnect: true, allowHalfOpen: true }, (client) => void join(client))
  await listen(server, options.port)

  const cutThose = (isMeant: (connection: Connection) => boolean): number => {
    const meant = [...connections].filter(isMeant)
    for (const { client, server: far } of meant) {
      client.resetAndDestroy()
      far.resetAndDestroy()
    }
    return meant.length
  }
  const impose: TcpProxy['impose'] = async (trouble, onMet = nobodyAsks) => {
    troubles.set(trouble, onMet)
    if (trouble.kind === 'refuse') server.close()
    if (trouble.kind === 'halfOpen') {
      for (const connection of connections) {
        connection.hasLost = true
        connection.server.destroy()
        onMet()
      }
    }
    return async () => {
      if (!troubles.delete(trouble)) return
      if (trouble.kind === 'refuse' && ![...troubles.keys()].some(({ kind }) => kind === 'refuse'))
        await listen(server, options.port)
      if (losesBytes(trouble)) cutThose(({ hasLost }) => hasLost)
      for (const { lanes } of connections) for (const lane of lanes) lane.look()
    }
  }
  return {
    port: options.port,
    impose,
    cut: () => cutThose(() => true),
    connections: () => connections.size,
    close: async () => {
      const closed = server.listening ? new Promise((resolve) => server.close(resolve)) : undefined
      cutThose(() => true)
      await closed
    },
  }
}

function tryConnect(port: number): Promise<Socket | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true, noDelay: true })
    socket.once('connect', () => {
      socket.on('error', ignoreReset)
      resolve(socket)
    })
    socket.once('error', () => resolve(undefined))
  })
}

function nobodyAsks(): void {}

/** Either side may go at any time: that is what this is for. 'close' follows and is where it is handled. */
function ignoreReset(): void {}

async function listen(server: Server, port: number): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<undefined>()
  server.once('error', reject)
  server.listen({ port, host: '127.0.0.1', backlog }, () => resolve(undefined))
  await promise
  server.off('error', reject)
}
