/**
 * A crowd of sockets in a process of its own, each reading what its server sends: a gateway that it watches a show on, or a
 * bare server. Notes when which message came, and reports when asked.
 */
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { seatFrame } from '@greenroom/contract'
import { crowdOrder, type CrowdOrder, type CrowdReport, machineMs } from './watchers-messages.ts'
import { clientMessage, eachMessage, numberAfter } from './watchers-wire.ts'
import { quantile } from './statistics.ts'

type Opening = Extract<CrowdOrder, { open: unknown }>['open']
type Arrivals = { text: string; atMs: number[] }

const openingAtOnce = 50
const patienceMs = 15_000
const toName = Buffer.from('"to":')
const fromName = Buffer.from('"from":')
const seatsPrefix = '42["seats",'
const pong = clientMessage('3')
// one for all sockets: what is read is dealt with before the next read
const readBuffer = Buffer.allocUnsafe(65_536)

/** Of each socket, where the last message ended. */
const positions: (number | undefined)[] = []
let arrivals = new Map<number, Arrivals>()
let bytes = 0
let gaps = 0
let closed = 0

async function openAll(opening: Opening): Promise<void> {
  for (let first = 0; first < opening.count; first += openingAtOnce) {
    const group = Math.min(openingAtOnce, opening.count - first)
    await Promise.all(Array.from({ length: group }, (_, at) => openSocket(opening, first + at)))
  }
}

async function openSocket({ port, path, greetings }: Opening, at: number): Promise<void> {
  const greeting = greetings?.[at % greetings.length]
  const ready = Promise.withResolvers<undefined>()
  let rest = Buffer.alloc(0)
  let isOpen = false
  const index = positions.push(undefined) - 1

  const answer = (text: string): void => {
    if (text === '2') socket.write(pong)
    else if (greeting === undefined) return
    else if (text.startsWith('0'))
      socket.write(clientMessage(`40${JSON.stringify({ token: greeting.token })}`))
    else if (text.startsWith('40')) socket.write(clientMessage(`420["show:watch",${greeting.watch}]`))
    else if (text.startsWith('430[{"ok":true')) ready.resolve(undefined)
    else if (text.startsWith('43') || text.startsWith('44')) ready.reject(new Error(text))
  }
  const take = (chunk: Buffer, nowMs: number): number =>
    eachMessage(chunk, (from, to) => {
      if (to - from < 60 || chunk.toString('latin1', from, from + seatsPrefix.length) !== seatsPrefix)
        return answer(chunk.toString('utf8', from, to))
      const begins = numberAfter(chunk, fromName, from)
      const ends = numberAfter(chunk, toName, from)
      // a heartbeat changes nothing
      if (begins === ends) return
      if ((positions[index] ?? begins) !== begins) gaps += 1
      positions[index] = ends
      bytes += to - from
      const known = arrivals.get(ends)
      if (known === undefined) arrivals.set(ends, { text: chunk.toString('utf8', from, to), atMs: [nowMs] })
      else known.atMs.push(nowMs)
    })
  const onRead = (count: number): boolean => {
    const nowMs = machineMs()
    const fresh = readBuffer.subarray(0, count)
    const chunk = rest.length === 0 ? fresh : Buffer.concat([rest, fresh])
    const start = isOpen ? 0 : chunk.indexOf('\r\n\r\n') + 4
    if (start === 3) {
      rest = Buffer.from(chunk)
      return true
    }
    if (!isOpen) {
      isOpen = true
      if (greeting === undefined) ready.resolve(undefined)
    }
    const messages = chunk.subarray(start)
    rest = Buffer.from(messages.subarray(take(messages, nowMs)))
    return true
  }
  const socket = connect({
    port,
    host: '127.0.0.1',
    noDelay: true,
    onread: { buffer: readBuffer, callback: onRead },
  })
  socket.once('error', ready.reject)
  socket.once('close', () => {
    closed += 1
    ready.reject(new Error('closed by the server'))
  })
  socket.write(
    `GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
      'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
  )
  await ready.promise
}

async function waitUntil(position: number): Promise<void> {
  const lateAtMs = machineMs() + patienceMs
  while (positions.some((each) => (each ?? 0) < position) && machineMs() < lateAtMs) await sleep(10)
}

function reportAndForget(askedAtMs: Readonly<Record<string, number>>): CrowdReport {
  const latenciesMs: number[] = []
  let deliveries = 0
  let changesSeen = 0
  for (const { text, atMs } of arrivals.values()) {
    deliveries += atMs.length
    const frame = seatFrame.parse(JSON.parse(text.slice(seatsPrefix.length, -1)))
    for (const [seatId, , version] of frame.changes) {
      const askedMs = askedAtMs[`${seatId}:${version}`]
      if (askedMs === undefined) continue
      changesSeen += atMs.length
      for (const arrivedMs of atMs) latenciesMs.push(arrivedMs - askedMs)
    }
  }
  const at = (share: number): number | null =>
    latenciesMs.length === 0 ? null : quantile(latenciesMs, share)
  const report = {
    deliveries,
    bytes,
    changesSeen,
    gaps,
    closed,
    texts: [...arrivals.values()].map(({ text }) => text),
    p50Ms: at(0.5),
    p99Ms: at(0.99),
    maxMs: at(1),
  }
  arrivals = new Map()
  bytes = 0
  gaps = 0
  return report
}

process.on('message', (message) => {
  const order = crowdOrder.parse(message)
  obey(order).then(
    (answer) => process.send?.(answer),
    (error: unknown) => process.send?.({ failed: String(error) }),
  )
})

async function obey(order: CrowdOrder): Promise<object> {
  if ('report' in order) return reportAndForget(order.report.askedAtMs)
  if ('until' in order) await waitUntil(order.until.position)
  else await openAll(order.open)
  return { done: true }
}

process.on('disconnect', () => process.exit(0))
process.send?.({ port: 1 })
