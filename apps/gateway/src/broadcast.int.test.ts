import { createServer } from 'node:http'
import { type AddressInfo, connect, type Socket as NetSocket } from 'node:net'
import { once } from 'node:events'
import { seatId, type SeatFrame, showId } from '@greenroom/contract'
import { createTestDeps, givePass, makeShow } from '@greenroom/core/testing'
import { holdSeats } from '@greenroom/core'
import { Server } from 'socket.io'
import { io as connectTo } from 'socket.io-client'
import { expect, onTestFinished, test } from 'vitest'
import { createBroadcasts } from './broadcast.ts'
import type { GatewayServer } from './gateway-socket.ts'
import { ask, next, startTestGateway, type TestSocket } from './testing/test-gateway.ts'

const deps = await createTestDeps()
const gateway = await startTestGateway(deps)

test.for([[['websocket']], [['polling']], [['polling', 'websocket']]])(
  'whoever watches by %j gets the frames',
  async ([transports]) => {
    const show = await makeShow(deps)
    const fan = await gateway.signUpFan()
    const pass = await givePass(deps, { concertId: show.concertId, fanId: fan.fanId })
    const socket = await gateway.connect({ auth: { token: fan.token }, transports: transports ?? [] })
    const asked = { showId: show.showId, pass }
    expect(await ask(socket, 'show:watch', asked)).toMatchObject({ ok: true })
    for (const [at, wanted] of show.seatIds.slice(0, 2).entries()) {
      const frame = nextChange(socket)
      await holdSeats(deps, { fanId: fan.fanId, ...asked, seatIds: [wanted] })
      expect(await frame, `frame ${at}`).toEqual([[wanted, 'held', 1]])
    }
  },
)

/** What the next frame changes that is no heartbeat. */
async function nextChange(socket: TestSocket): Promise<SeatFrame['changes']> {
  const { changes } = await next(socket, 'seats')
  return changes.length === 0 ? await nextChange(socket) : changes
}

/** A Socket.IO server with nothing else to it, whose sockets are in one room and have their streams, as the gateway's do. */
async function startRoom({ hasStreams = true } = {}) {
  const http = createServer()
  const io: GatewayServer = new Server(http, { transports: ['websocket'] })
  io.use((socket, done) => {
    Reflect.set(socket, 'data', { stream: hasStreams ? socket.conn.request.socket : undefined })
    void socket.join('room')
    done()
  })
  http.listen(0, '127.0.0.1')
  await once(http, 'listening')
  onTestFinished(async () => {
    await io.close()
  })
  // listening on an address, so there is one
  const { port } = http.address() as AddressInfo
  return { io, port, broadcasts: createBroadcasts(io, () => undefined) }
}

/** Sockets whose hello was answered: the others are in the room already, and not written to. */
const connected = (io: GatewayServer): number =>
  [...io.sockets.sockets.values()].filter((socket) => socket.connected).length

const patiently = { timeout: 20_000, interval: 20 }

const frameOf = (from: number, seats: number): SeatFrame => ({
  showId: showId.parse(1),
  from,
  to: from + 1,
  changes: Array.from({ length: seats }, (_, at) => [seatId.parse(at + 1), 'held', 1]),
})

/** A client that has said hello and then reads nothing. */
async function connectDeaf(port: number): Promise<NetSocket> {
  const socket = connect(port, '127.0.0.1')
  onTestFinished(() => {
    socket.destroy()
  })
  socket.write(
    'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n' +
      'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
  )
  await once(socket, 'data')
  // "40": into the root namespace, masked by nothing
  socket.write(Buffer.from([0x81, 0x82, 0, 0, 0, 0, 0x34, 0x30]))
  socket.pause()
  return socket
}

test('who does not read is passed by and costs a bounded memory; who reads gets everything', async () => {
  const { io, port, broadcasts } = await startRoom()
  await connectDeaf(port)
  const listener = connectTo(`http://127.0.0.1:${port}`, { transports: ['websocket'] })
  onTestFinished(() => {
    listener.disconnect()
  })
  const heard: number[] = []
  listener.on('seats', (frame: SeatFrame) => heard.push(frame.to))
  await expect.poll(() => connected(io), patiently).toBe(2)
  let sent = 0
  const frame = frameOf(0, 10_000)
  const frameBytes = JSON.stringify(frame).length
  while (broadcasts.counts().skipped === 0 && sent < 1_000) {
    sent += 1
    await broadcasts.send('room', 'seats', { ...frame, from: sent - 1, to: sent })
    await expect.poll(() => heard.length, patiently).toBe(sent)
  }
  expect(broadcasts.counts()).toEqual({ sent: 2 * sent - 1, skipped: 1 })
  const unread = [...io.sockets.sockets.values()].map(({ data }) => data.stream?.writableLength ?? 0)
  expect(Math.max(...unread)).toBeLessThan(2 * frameBytes + 65_536)
  await broadcasts.send('room', 'seats', { ...frame, from: sent, to: sent + 1 })
  expect(broadcasts.counts().skipped).toBe(2)
  await expect.poll(() => heard, patiently).toEqual(Array.from({ length: sent + 1 }, (_, at) => at + 1))
})

test('the same holds for who came by polling and upgraded: a bounded number of messages is kept', async () => {
  const { io, port, broadcasts } = await startRoom({ hasStreams: false })
  await connectDeaf(port)
  await expect.poll(() => connected(io), patiently).toBe(1)
  const [deaf] = io.sockets.sockets.values()
  // the system takes megabytes before it takes no more
  for (let sent = 0; sent < 800; sent++) await broadcasts.send('room', 'seats', frameOf(sent, 1_000))
  expect(broadcasts.counts().skipped).toBeGreaterThan(100)
  expect(Reflect.get(Object(deaf?.conn), 'writeBuffer')).toHaveLength(100)
})

test('who reads none of the answers to its own events gets a bounded number of them', async () => {
  const fan = await gateway.signUpFan()
  const at = `http://127.0.0.1:${gateway.port}/socket.io/?EIO=4&transport=polling`
  const { sid } = JSON.parse((await (await fetch(at)).text()).slice(1))
  const say = (body: string) => fetch(`${at}&sid=${sid}`, { method: 'POST', body })
  await say(`40${JSON.stringify({ token: fan.token })}`)
  for (let round = 0; round < 20; round++) {
    await say(Array.from({ length: 20 }, (_, id) => `42${id}["line:watch",{}]`).join('\x1e'))
  }
  const unread = (await (await fetch(`${at}&sid=${sid}`)).text()).split('\x1e')
  expect(unread.length).toBeLessThanOrEqual(100)
  // with them read, it is answered again
  await say('421["line:watch",{}]')
  expect(await (await fetch(`${at}&sid=${sid}`)).text()).toContain('"ok":false')
})

test('everybody in a room gets each message in order, short or long', async () => {
  const { io, port, broadcasts } = await startRoom()
  const count = 30
  const heard = Array.from({ length: count }, (): number[] => [])
  const sockets = heard.map((mine) => {
    const socket = connectTo(`http://127.0.0.1:${port}`, { transports: ['websocket'], forceNew: true })
    socket.on('seats', (frame: SeatFrame) => mine.push(frame.to))
    return socket
  })
  onTestFinished(() => {
    for (const socket of sockets) socket.disconnect()
  })
  await expect.poll(() => connected(io), patiently).toBe(count)
  for (let at = 0; at < 20; at++) await broadcasts.send('room', 'seats', frameOf(at, at * 300))
  const all = Array.from({ length: 20 }, (_, at) => at + 1)
  await expect.poll(() => heard, patiently).toEqual(heard.map(() => all))
})

test('operators alone see the metrics, and they count what was sent', async () => {
  const read = (token?: string) =>
    fetch(`http://127.0.0.1:${gateway.port}/metrics`, {
      headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
    })
  const fan = await gateway.signUpFan()
  expect([(await read()).status, (await read('forged')).status, (await read(fan.token)).status]).toEqual([
    401, 401, 403,
  ])
  const reply = await read(await gateway.signInOperator())
  expect(reply.status).toBe(200)
  const text = await reply.text()
  expect(text).toMatch(/greenroom_gateway_sockets \d+/)
  expect(text).toMatch(/greenroom_gateway_messages_total\{result="sent"\} [1-9]/)
  expect(text).toMatch(/greenroom_gateway_broadcast_duration_seconds_count\{event="seats"\} [1-9]/)
  expect(text).toMatch(/greenroom_gateway_seat_lag_seconds_count [1-9]/)
  expect(text).toMatch(/greenroom_gateway_seat_stream_live [01]/)
})
