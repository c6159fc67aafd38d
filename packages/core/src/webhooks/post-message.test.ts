import { createServer, type Socket } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { type Answer, postMessage } from './post-message.ts'

/** A server that answers whatever comes with these bytes and leaves the connection open; how many are open. */
async function startTalker(bytes: string): Promise<{ url: string; openCount: () => number }> {
  const open = new Set<Socket>()
  const server = createServer((socket) => {
    open.add(socket)
    socket.on('error', () => undefined)
    socket.on('close', () => open.delete(socket))
    socket.once('data', () => socket.write(bytes))
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  onTestFinished(() => {
    for (const socket of open) socket.destroy()
    server.close()
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  return { url: `http://127.0.0.1:${address.port}/`, openCount: () => open.size }
}

const post = (url: string): Promise<Answer> =>
  postMessage(url, { headers: {}, body: '{}' }, { allowPrivate: true, timeoutMs: 300 })

const chunked = 'Transfer-Encoding: chunked\r\n\r\n'

test.for([
  [
    'changes the protocol',
    'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\nhello',
    null,
  ],
  ['says to go on, for ever', 'HTTP/1.1 100 Continue\r\n\r\n', null],
  ['says half a header', 'HTTP/1.1 200 OK\r\nX-Slow: ', null],
  ['says too many headers', `HTTP/1.1 200 OK\r\nX-Long: ${'a'.repeat(100_000)}\r\n\r\n`, null],
  ['does not speak HTTP', '220 mail.partner.example ESMTP\r\n', null],
  ['takes it and goes on talking', `HTTP/1.1 200 OK\r\n${chunked}1\r\nx\r\n`, 200],
  ['takes it and then stutters', `HTTP/1.1 204 No Content\r\n${chunked}zz\r\n`, 204],
  ['refuses and goes on talking', `HTTP/1.1 500 Oh\r\n${chunked}1\r\nx\r\n`, 500],
] as const)(
  'an endpoint that %s is done with in time, and its connection is closed',
  async ([, bytes, status]) => {
    const talker = await startTalker(bytes)
    const answers = await Promise.all(Array.from({ length: 8 }, () => post(talker.url)))
    for (const answer of answers) {
      expect(answer.status).toBe(status)
      expect(answer.error === null).toBe(status !== null && status < 300)
    }
    // ours are closed; the other side hears of it a moment later
    await expect.poll(talker.openCount, { interval: 5 }).toBe(0)
  },
)

test('connections open at once are no more than messages under way, however many are taken', async () => {
  const talker = await startTalker(`HTTP/1.1 200 OK\r\n${chunked}1\r\nx\r\n`)
  let most = 0
  const sendSome = async (): Promise<void> => {
    for (let sent = 0; sent < 3; sent++) {
      await post(talker.url)
      most = Math.max(most, talker.openCount())
    }
  }
  await Promise.all(Array.from({ length: 4 }, sendSome))
  // four under way and four whose end the other side has not heard of yet
  expect(most).toBeLessThanOrEqual(8)
  expect(most).toBeGreaterThan(0)
})
