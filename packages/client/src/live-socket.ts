import type {
  Ack,
  ClientEvents,
  ConcertId,
  QueueProgress,
  SeatFrame,
  ServerEvents,
  ShowId,
  ShowWatchInput,
} from '@greenroom/contract'
import { DomainError, readWireError } from '@greenroom/contract/plain'
import type { ManagerOptions, Socket, SocketOptions } from 'socket.io-client'
import { backOffMs, jitterBetween, type Random } from './jitter.ts'
import type { LiveSettings } from './live-settings.ts'

/** What a watch is about: the last one to let go of a topic ends it at the gateway too. */
type Topic = { kind: 'line'; concertId: ConcertId } | { kind: 'show'; showId: ShowId } | { kind: 'own' }

/** The one socket that all watches of a client share. */
export type LiveSocket = {
  /** Connects when the first watch asks; the returned function lets go, and the last one to do so closes. */
  hold: (topic: Topic) => () => void
  isConnected: () => boolean
  /** Told of each connect (true) and disconnect (false) from now on; the returned function ends that. */
  onConnection: (listener: (connected: boolean) => void) => () => void
  on: <E extends keyof ServerEvents>(event: E, listener: ServerEvents[E]) => () => void
  /** Questions reject with a `DomainError` when refused, with an `Error` when no answer comes. */
  watchLine: (concertId: ConcertId) => Promise<QueueProgress | null>
  watchShow: (input: ShowWatchInput) => Promise<{ seq: number; frame: SeatFrame | null }>
  /** Connects anew, so that the handshake carries who we are now. */
  reconnect: () => void
}

export type LiveSocketOptions = {
  gatewayUrl: () => Promise<string>
  token: () => string | undefined
  settings: LiveSettings
  random: Random
  /** Engine.IO transports in order of preference; default WebSocket, then long polling. */
  transports?: ('websocket' | 'polling')[]
}

type Wire = Socket<ServerEvents, ClientEvents>
type Listeners = { [E in keyof ServerEvents]: Set<ServerEvents[E]> }

/**
 * A socket that keeps trying for as long as anybody watches. socket.io-client is loaded when first needed, so that a
 * page without live parts does not download it. `bye` moves the reconnect to where the server's hint says, with jitter.
 */
export function createLiveSocket(options: LiveSocketOptions): LiveSocket {
  const { settings, random } = options
  const connectionListeners = new Set<(connected: boolean) => void>()
  const listeners: Listeners = {
    seats: new Set(),
    queue: new Set(),
    entry: new Set(),
    hold: new Set(),
    bye: new Set(),
  }
  const held: Topic[] = []
  let failures = 0
  let wire: Wire | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  /** Which attempt is the wanted one: an address that arrives late must not open a second socket. */
  let attempt = 0

  const close = (): void => {
    attempt += 1
    clearTimeout(timer)
    const wasConnected = wire?.connected === true
    wire?.off()
    wire?.disconnect()
    wire = undefined
    if (wasConnected) callAll(connectionListeners, false)
  }
  const openAfter = (delayMs: number): void => {
    close()
    const mine = attempt
    timer = setTimeout(() => void open(mine), delayMs)
  }
  const openLater = (floorMs = 0): void => {
    const limits = { baseMs: settings.retryBaseMs, capMs: settings.retryCapMs }
    const delayMs = backOffMs(random, failures, limits, floorMs)
    failures += 1
    openAfter(delayMs)
  }
  const open = async (mine: number): Promise<void> => {
    try {
      const [{ io }, url] = await Promise.all([import('socket.io-client'), options.gatewayUrl()])
      if (mine === attempt) wire = listen(io(url, wireOptions(options)))
    } catch {
      // no gateway address, or no code for sockets: polling goes on meanwhile, and this is tried again
      if (mine === attempt) openLater()
    }
  }
  const listen = (socket: Wire): Wire => {
    socket.on('connect', () => {
      failures = 0
      callAll(connectionListeners, true)
    })
    socket.on('connect_error', (error) => openLater(hintOf(error)))
    socket.on('disconnect', () => {
      callAll(connectionListeners, false)
      openLater()
    })
    socket.on('bye', (message) => {
      callAll(listeners.bye, message)
      // the whole gateway was told the same number: come back round it, not at it
      openAfter(jitterBetween(random, message.retryAfterMs * 0.5, message.retryAfterMs * 1.5))
    })
    socket.on('seats', (frame) => callAll(listeners.seats, frame))
    socket.on('queue', (progress) => callAll(listeners.queue, progress))
    socket.on('entry', (message) => callAll(listeners.entry, message))
    socket.on('hold', (message) => callAll(listeners.hold, message))
    return socket
  }
  const connectedWire = () => {
    if (wire?.connected !== true) throw new Error('the socket is not connected')
    return wire.timeout(settings.ackTimeoutMs)
  }

  return {
    hold: (topic) => {
      held.push(topic)
      if (held.length === 1) openAfter(0)
      return once(() => {
        held.splice(held.indexOf(topic), 1)
        if (held.length === 0) close()
        else if (wire?.connected === true && !held.some((other) => isSameTopic(other, topic)))
          unwatch(wire, topic)
      })
    },
    isConnected: () => wire?.connected === true,
    onConnection: (listener) => subscribe(connectionListeners, listener),
    on: (event, listener) => subscribe(listeners[event], listener),
    watchLine: async (concertId) => {
      const reply = await ask<{ progress: QueueProgress | null }>((answer) =>
        connectedWire().emit('line:watch', { concertId }, answer),
      )
      return reply.progress
    },
    watchShow: (input) => ask((answer) => connectedWire().emit('show:watch', input, answer)),
    reconnect: () => {
      failures = 0
      if (held.length > 0) openAfter(0)
    },
  }
}

function wireOptions(options: LiveSocketOptions): Partial<ManagerOptions & SocketOptions> {
  return {
    transports: options.transports ?? ['websocket', 'polling'],
    tryAllTransports: true,
    withCredentials: true,
    forceNew: true,
    // reconnecting is ours: Socket.IO's own stops after a refused handshake and knows nothing of `bye`
    reconnection: false,
    timeout: 10_000,
    auth: (give) => {
      const token = options.token()
      give(token === undefined ? {} : { token })
    },
  }
}

/** A full gateway says when to try again. */
function hintOf(error: Error): number {
  const refusal = readWireError(Reflect.get(error, 'data'))
  return refusal !== undefined && 'retryAfterMs' in refusal.details ? refusal.details.retryAfterMs : 0
}

/** Sends with `send`, which is to call back with a time-out or the server's answer. */
function ask<T>(send: (answer: (timeout: Error | null, reply: Ack<T>) => void) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    send((timeout, reply) => {
      if (timeout !== null) reject(timeout)
      else if (reply.ok) resolve(reply.value)
      else reject(new DomainError(reply.error.code, reply.error.details))
    })
  })
}

function unwatch(wire: Wire, topic: Topic): void {
  if (topic.kind === 'line') wire.emit('line:unwatch', { concertId: topic.concertId }, ignoreReply)
  if (topic.kind === 'show') wire.emit('show:unwatch', { showId: topic.showId }, ignoreReply)
}

function isSameTopic(one: Topic, other: Topic): boolean {
  if (one.kind === 'line') return other.kind === 'line' && other.concertId === one.concertId
  if (one.kind === 'show') return other.kind === 'show' && other.showId === one.showId
  return other.kind === 'own'
}

const ignoreReply = (): void => undefined

function callAll<M>(listeners: ReadonlySet<(message: M) => void>, message: M): void {
  for (const listener of listeners) listener(message)
}

function subscribe<T>(listeners: Set<T>, listener: T): () => void {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

function once(act: () => void): () => void {
  let isDone = false
  return () => {
    if (!isDone) act()
    isDone = true
  }
}
