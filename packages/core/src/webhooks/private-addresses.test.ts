import { createServer } from 'node:http'
import type { LookupFunction } from 'node:net'
import { describe, expect, onTestFinished, test } from 'vitest'
import { postMessage } from './post-message.ts'

/** A server of this machine that counts who comes, and sends them on to `location`. */
async function startInside(location?: (port: number) => string) {
  const calls: string[] = []
  const server = createServer((request, response) => {
    calls.push(String(request.url))
    if (location === undefined) return response.end('{}')
    return response.writeHead(302, { location: location(port) }).end()
  })
  await new Promise<void>((resolve) => {
    server.listen(0, resolve)
  })
  onTestFinished(() => void server.close())
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  const { port } = address
  return { port, calls }
}

const post = (url: string, options: { allowPrivate: boolean; lookup?: LookupFunction }) =>
  postMessage(url, { headers: {}, body: '{}' }, { timeoutMs: 2_000, ...options })

/** Ways to write this machine, or what only it and its neighbours reach. */
const spellings = [
  '127.0.0.1',
  '127.1',
  '2130706433',
  '0x7f000001',
  '0x7f.0.0.1',
  '017700000001',
  '0177.0.0.1',
  '0.0.0.0',
  '0',
  '127.8.8.8',
  '[::1]',
  '[::]',
  '[::ffff:127.0.0.1]',
  '[::ffff:7f00:1]',
  '[0:0:0:0:0:ffff:7f00:1]',
  '[64:ff9b::7f00:1]',
  '[2002:7f00:1::]',
  'localhost',
  'a.localhost',
  '10.0.0.1',
  '172.16.0.1',
  '192.168.1.1',
  '169.254.169.254',
  '[fe80::1]',
  '[fd00::1]',
  '[fd00:ec2::254]',
  '100.64.0.1',
]

describe('a webhook', () => {
  test.for(spellings)('goes not to %s', async (host) => {
    const { port, calls } = await startInside()
    const answer = await post(`http://${host}:${port}/`, { allowPrivate: false })
    expect(answer).toEqual({ status: null, error: 'refused: not a public address' })
    expect(calls).toEqual([])
  })

  test('goes where it is told on a machine of one’s own: the guard off', async () => {
    const { port, calls } = await startInside()
    for (const host of ['127.0.0.1', '2130706433', '0x7f.1', '[::ffff:127.0.0.1]'])
      await post(`http://${host}:${port}/`, { allowPrivate: true })
    expect(calls).toHaveLength(4)
  })

  test('follows nobody’s word to another place', async () => {
    const { port, calls } = await startInside((own) => `http://127.0.0.1:${own}/inner`)
    expect(await post(`http://127.0.0.1:${port}/hook`, { allowPrivate: true })).toEqual({
      status: 302,
      error: 'answered 302',
    })
    expect(calls).toEqual(['/hook'])
  })

  test('asks for a name’s address once, and looks at the very one that it connects to', async () => {
    const { port, calls } = await startInside()
    let asked = 0
    // public to whoever looks first, this machine from then on
    const rebinding =
      (first: string): LookupFunction =>
      (_name, { all }, answer) => {
        asked += 1
        const address = asked === 1 ? first : '127.0.0.1'
        if (all === true) answer(null, [{ address, family: 4 }])
        else answer(null, address, 4)
      }
    const refused = await post(`http://partner.example:${port}/`, {
      allowPrivate: false,
      lookup: rebinding('127.0.0.1'),
    })
    expect(refused.error).toBe('refused: not a public address')
    asked = 0
    // of a network for documentation (RFC 5737): nobody answers there
    const lost = await postMessage(
      `http://partner.example:${port}/`,
      { headers: {}, body: '{}' },
      { allowPrivate: false, timeoutMs: 200, lookup: rebinding('203.0.113.7') },
    )
    expect(lost.status).toBeNull()
    expect(asked).toBeLessThanOrEqual(1)
    expect(calls).toEqual([])
  })
})
