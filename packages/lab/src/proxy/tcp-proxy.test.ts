import { connect, createServer, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { pickPort } from '@greenroom/stack'
import { expect, onTestFinished, test } from 'vitest'
import { startTcpProxy, type TcpProxy } from './tcp-proxy.ts'
import type { Trouble } from './trouble.ts'

/** Says back what it hears, with its name before it. */
async function startEcho(
  name: string,
): Promise<{ port: number; heard: () => string; stop: () => Promise<void> }> {
  let heard = ''
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.on('data', (chunk) => {
      heard += chunk.toString()
      socket.write(`${name}:${chunk.toString()}`)
    })
  })
  const port = await pickPort()
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const stop = async (): Promise<void> => {
    for (const socket of sockets) socket.destroy()
    if (server.listening) await new Promise((resolve) => server.close(resolve))
  }
  onTestFinished(stop)
  return { port, heard: () => heard, stop }
}

type Client = { say: (text: string) => void; heard: () => string; isClosed: () => boolean }

async function dial(proxy: TcpProxy): Promise<Client> {
  let heard = ''
  let isClosed = false
  const socket = connect(proxy.port, '127.0.0.1')
  socket.on('error', () => undefined)
  socket.on('close', () => {
    isClosed = true
  })
  socket.on('data', (chunk) => {
    heard += chunk.toString()
  })
  await new Promise((resolve) => socket.once('connect', resolve))
  onTestFinished(() => void socket.destroy())
  return { say: (text) => void socket.write(text), heard: () => heard, isClosed: () => isClosed }
}

async function startProxied(): Promise<{ proxy: TcpProxy; echo: Awaited<ReturnType<typeof startEcho>> }> {
  const echo = await startEcho('a')
  const proxy = await startTcpProxy({ targets: [echo.port], port: await pickPort() })
  onTestFinished(proxy.close)
  return { proxy, echo }
}

test('what is sent arrives, and what is answered, in order and however much it is', async () => {
  const { proxy, echo } = await startProxied()
  const client = await dial(proxy)
  const text = Array.from({ length: 100_000 }, (_, index) => index).join(' ')
  client.say(text)
  await expect.poll(() => echo.heard().length).toBe(text.length)
  expect(echo.heard()).toBe(text)
  await expect.poll(() => client.heard().replaceAll('a:', '')).toBe(text)
})

test.for<{ trouble: Trouble; arrives: boolean }>([
  { trouble: { kind: 'blackhole' }, arrives: false },
  { trouble: { kind: 'deaf' }, arrives: true },
])(
  '$trouble.kind: no answer comes while it lasts, and the connection cannot go on after it',
  async (given) => {
    const { proxy, echo } = await startProxied()
    const client = await dial(proxy)
    const lift = await proxy.impose(given.trouble)
    client.say('lost?')
    await sleep(100)
    expect(echo.heard()).toBe(given.arrives ? 'lost?' : '')
    expect(client.heard()).toBe('')
    expect(client.isClosed()).toBe(false)
    await lift()
    await expect.poll(client.isClosed).toBe(true)
    const next = await dial(proxy)
    next.say('again')
    await expect.poll(next.heard).toBe('a:again')
  },
)

test('frozen: nothing moves, and afterwards everything arrives', async () => {
  const { proxy, echo } = await startProxied()
  const client = await dial(proxy)
  const lift = await proxy.impose({ kind: 'freeze' })
  client.say('one ')
  client.say('two')
  await sleep(100)
  expect(echo.heard()).toBe('')
  await lift()
  await expect.poll(echo.heard).toBe('one two')
  await expect.poll(client.heard).toContain('two')
})

test('half open: the far side is gone, and the near side hears of it when it is over', async () => {
  const { proxy, echo } = await startProxied()
  const client = await dial(proxy)
  client.say('hello')
  await expect.poll(client.heard).toBe('a:hello')
  const lift = await proxy.impose({ kind: 'halfOpen' })
  client.say('anybody?')
  await sleep(100)
  expect(echo.heard()).toBe('hello')
  expect(client.isClosed()).toBe(false)
  await lift()
  await expect.poll(client.isClosed).toBe(true)
})

test('refused: connections that stand go on, new ones are refused, and taken again afterwards', async () => {
  const { proxy } = await startProxied()
  const client = await dial(proxy)
  const lift = await proxy.impose({ kind: 'refuse' })
  const refused = await new Promise((resolve) => connect(proxy.port, '127.0.0.1').once('error', resolve))
  expect(refused).toMatchObject({ code: 'ECONNREFUSED' })
  client.say('still here')
  await expect.poll(client.heard).toBe('a:still here')
  await lift()
  const next = await dial(proxy)
  next.say('back')
  await expect.poll(next.heard).toBe('a:back')
})

const troubles: Trouble[] = [
  { kind: 'delay', ms: 1 },
  { kind: 'slow', bytesPerSecond: 100_000 },
  { kind: 'freeze' },
  { kind: 'blackhole' },
  { kind: 'deaf' },
  { kind: 'halfOpen' },
  { kind: 'refuse' },
]

test.for(troubles)('$kind meets nothing where nothing passes, nor after it is over', async (trouble) => {
  const { proxy } = await startProxied()
  let met = 0
  const lift = await proxy.impose(trouble, () => void (met += 1))
  await lift()
  const client = await dial(proxy)
  client.say('x')
  await expect.poll(client.heard).toBe('a:x')
  expect(met).toBe(0)
})

test.for(troubles.filter(({ kind }) => kind !== 'refuse'))('$kind meets what passes', async (trouble) => {
  const { proxy } = await startProxied()
  const client = await dial(proxy)
  client.say('0')
  await expect.poll(client.heard).toBe('a:0')
  let met = 0
  await proxy.impose(trouble, () => void (met += 1))
  // who stands there when the far side goes has met it already
  expect(met > 0).toBe(trouble.kind === 'halfOpen')
  client.say('1')
  await expect.poll(() => met).toBeGreaterThan(0)
})

test('late, and in order: a delay changes when things arrive, not what', async () => {
  const { proxy, echo } = await startProxied()
  const client = await dial(proxy)
  const lift = await proxy.impose({ kind: 'delay', ms: 60 })
  client.say('1')
  await sleep(10)
  client.say('2')
  expect(echo.heard()).toBe('')
  await expect.poll(echo.heard).toBe('12')
  await lift()
})

test('two targets in turn; one that is gone is passed over', async () => {
  const [one, other] = [await startEcho('a'), await startEcho('b')]
  const proxy = await startTcpProxy({ targets: [one.port, other.port], port: await pickPort() })
  onTestFinished(proxy.close)
  const ask = async (): Promise<string> => {
    const client = await dial(proxy)
    client.say('?')
    await expect.poll(client.heard).toContain(':?')
    return client.heard()
  }
  expect(new Set([await ask(), await ask()])).toEqual(new Set(['a:?', 'b:?']))
  await other.stop()
  expect([await ask(), await ask()]).toEqual(['a:?', 'a:?'])
})

test('a cut resets every connection there is', async () => {
  const { proxy } = await startProxied()
  const clients = [await dial(proxy), await dial(proxy)]
  for (const client of clients) client.say('x')
  await expect.poll(() => clients.every((client) => client.heard() === 'a:x')).toBe(true)
  expect(proxy.cut()).toBe(2)
  await expect.poll(() => clients.every((client) => client.isClosed())).toBe(true)
})
