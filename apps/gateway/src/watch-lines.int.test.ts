import { admit, enterSale, joinLine, leaveLine } from '@greenroom/core'
import { createTestDeps, makeShow } from '@greenroom/core/testing'
import { expect, test } from 'vitest'
import { ask, next, startTestGateway } from './testing/test-gateway.ts'

const deps = await createTestDeps()
const gateway = await startTestGateway(deps)

test("a line's numbers are in the answer and come again with each tick", async () => {
  const { concertId } = await makeShow(deps, { capacity: 3 })
  const socket = await gateway.connectAs(await gateway.signUpFan())
  const reply = await ask(socket, 'line:watch', { concertId })
  expect(reply).toMatchObject({ ok: true, value: { progress: { concertId, phase: 'open', capacity: 3 } } })
  const queue = next(socket, 'queue')
  await admit(deps, { concertId })
  expect(await queue).toMatchObject({ concertId, capacity: 3, waiting: 0 })
})

test('only those who watch a line hear of it', async () => {
  const { concertId } = await makeShow(deps)
  const other = await makeShow(deps)
  const socket = await gateway.connectAs(await gateway.signUpFan())
  const heard: number[] = []
  socket.on('queue', (progress) => heard.push(progress.concertId))
  await ask(socket, 'line:watch', { concertId })
  await ask(socket, 'line:watch', { concertId: other.concertId })
  await ask(socket, 'line:unwatch', { concertId })
  await admit(deps, { concertId })
  const last = next(socket, 'queue')
  await admit(deps, { concertId: other.concertId })
  await last
  expect(heard).toEqual([other.concertId])
})

test('whose turn it is hears it on every device, and nobody else does', async () => {
  const { concertId } = await makeShow(deps, { capacity: 1 })
  const [inside, first, second] = await Promise.all([1, 2, 3].map(() => gateway.signUpFan()))
  if (inside === undefined || first === undefined || second === undefined) throw new Error('no fans')
  for (const { fanId } of [inside, first, second]) await joinLine(deps, { concertId, fanId })
  const devices = await Promise.all([gateway.connectAs(first), gateway.connectAs(first)])
  const bystander = await gateway.connectAs(second)
  const overheard: unknown[] = []
  bystander.on('entry', (message) => overheard.push(message))
  const turns = Promise.all(devices.map((device) => next(device, 'entry')))
  await leaveLine(deps, { concertId, fanId: inside.fanId })
  await admit(deps, { concertId })
  for (const turn of await turns) {
    expect(turn).toMatchObject({ concertId, entry: { state: 'offered', pass: expect.any(String) } })
  }
  await ask(bystander, 'line:watch', { concertId })
  expect(overheard).toEqual([])
})

test('what a fan does on one device is pushed to the others: going in, then leaving', async () => {
  const { concertId } = await makeShow(deps, { capacity: 1 })
  const [inside, fan] = await Promise.all([gateway.signUpFan(), gateway.signUpFan()])
  for (const { fanId } of [inside, fan]) await joinLine(deps, { concertId, fanId })
  const device = await gateway.connectAs(fan)
  const offer = next(device, 'entry')
  await leaveLine(deps, { concertId, fanId: inside.fanId })
  await admit(deps, { concertId })
  const { entry } = await offer
  if (entry.state !== 'offered') throw new Error(`the fan is ${entry.state}`)
  const entered = next(device, 'entry')
  await enterSale(deps, { concertId, fanId: fan.fanId, pass: entry.pass })
  expect(await entered).toMatchObject({ concertId, entry: { state: 'active' } })
  const left = next(device, 'entry')
  await leaveLine(deps, { concertId, fanId: fan.fanId })
  expect(await left).toEqual({ concertId, entry: { state: 'none' } })
})

test('a concert that does not exist is refused', async () => {
  const socket = await gateway.connectAs(await gateway.signUpFan())
  expect(await ask(socket, 'line:watch', { concertId: 999_999 })).toMatchObject({
    ok: false,
    error: { code: 'NOT_FOUND', details: { what: 'concert' } },
  })
})

test('bad input is refused with the name of the field, whatever it is', async () => {
  const socket = await gateway.connectAs(await gateway.signUpFan())
  for (const input of [{}, { concertId: '1' }, { concertId: -1 }, { concertId: 1.5 }, { concertId: null }]) {
    expect(await ask(socket, 'line:watch', input)).toMatchObject({
      ok: false,
      error: { code: 'BAD_INPUT', details: { faults: [{ path: 'concertId' }] } },
    })
  }
  for (const input of [null, 1, 'x', [], undefined]) {
    expect(await ask(socket, 'line:watch', input)).toMatchObject({ ok: false, error: { code: 'BAD_INPUT' } })
  }
})

test('events without a callback, unknown events and wild arguments hurt nobody', async () => {
  const { concertId } = await makeShow(deps)
  const socket = await gateway.connectAs(await gateway.signUpFan())
  const untyped = socket as unknown as { emit: (event: string, ...args: unknown[]) => void }
  untyped.emit('line:watch', { concertId })
  untyped.emit('line:watch')
  untyped.emit('line:watch', () => undefined)
  untyped.emit('__proto__', { a: 1 }, 2, 3)
  untyped.emit('constructor', 'x')
  expect(await ask(socket, 'line:watch', { concertId })).toMatchObject({ ok: true })
})

test('a socket that asks without end is told to wait', async () => {
  const { concertId } = await makeShow(deps)
  const socket = await gateway.connectAs(await gateway.signUpFan())
  const replies = await Promise.all(
    Array.from({ length: 60 }, () => ask(socket, 'line:watch', { concertId })),
  )
  const codes = replies.map((reply) => (reply.ok ? 'ok' : reply.error.code))
  expect(new Set(codes)).toEqual(new Set(['ok', 'RATE_LIMITED']))
})

test('a socket watches a bounded number of lines', async () => {
  const socket = await gateway.connectAs(await gateway.signUpFan())
  const shows = await Promise.all(Array.from({ length: 11 }, () => makeShow(deps)))
  const replies = []
  for (const { concertId } of shows) replies.push(await ask(socket, 'line:watch', { concertId }))
  expect(replies.filter((reply) => reply.ok)).toHaveLength(10)
})
