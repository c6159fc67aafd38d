import { connect, createServer } from 'node:net'
import { pickPort } from '@greenroom/stack'
import { expect, onTestFinished, test } from 'vitest'
import { startTcpProxy, type TcpProxy } from '../proxy/tcp-proxy.ts'
import type { Trouble } from '../proxy/trouble.ts'
import { imposeTrouble } from './impose-trouble.ts'

/** A line with somebody at its end who takes what comes. */
async function startLine(): Promise<TcpProxy> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined)
    socket.resume()
  })
  const port = await pickPort()
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const proxy = await startTcpProxy({ targets: [port], port: await pickPort() })
  onTestFinished(async () => {
    await proxy.close()
    await new Promise((resolve) => server.close(resolve))
  })
  return proxy
}

async function dial(proxy: TcpProxy): Promise<{ say: (text: string) => void; isClosed: () => boolean }> {
  let isClosed = false
  const socket = connect(proxy.port, '127.0.0.1')
  socket.on('error', () => undefined)
  socket.on('close', () => {
    isClosed = true
  })
  await new Promise((resolve) => socket.once('connect', resolve))
  await expect.poll(proxy.connections).toBe(1)
  onTestFinished(() => void socket.destroy())
  return { say: (text) => void socket.write(text), isClosed: () => isClosed }
}

test.for<Trouble>([
  { kind: 'delay', ms: 5 },
  { kind: 'slow', bytesPerSecond: 10_000 },
  { kind: 'freeze' },
  { kind: 'blackhole' },
  { kind: 'deaf' },
  { kind: 'halfOpen' },
  { kind: 'refuse' },
])('$kind on lines that nobody uses is not felt', async (trouble) => {
  const lines = [await startLine(), await startLine()]
  const { isFelt, stop } = await imposeTrouble(lines, trouble)
  expect(isFelt()).toBe(false)
  await stop()
  expect(isFelt()).toBe(false)
})

test('a trouble of many lines is felt once something passes one of them', async () => {
  const [quiet, used] = [await startLine(), await startLine()]
  const client = await dial(used)
  const { isFelt, stop } = await imposeTrouble([quiet, used], { kind: 'delay', ms: 5 })
  expect(isFelt()).toBe(false)
  client.say('x')
  await expect.poll(isFelt).toBe(true)
  await stop()
})

test('a refusal resets what stands, and is felt by those alone who can be seen', async () => {
  const line = await startLine()
  const client = await dial(line)
  const { isFelt, stop } = await imposeTrouble([line], { kind: 'refuse' })
  expect(isFelt()).toBe(true)
  await expect.poll(client.isClosed).toBe(true)
  await stop()
})
