import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { expect, onTestFinished, test } from 'vitest'
import { drawRequests } from './draw-request.ts'
import { fuzzServer } from './fuzz-server.ts'
import { parseDocument, readDocument } from './read-document.ts'
import { runFuzz, type FuzzReport } from './run-fuzz.ts'
import { openSender } from './send-request.ts'

const refusal = { error: { code: 'BAD_INPUT', message: 'No.', details: { faults: [] } } }
const text = {
  paths: {
    '/things/{thingId}': {
      post: {
        operationId: 'makeThing',
        parameters: [{ in: 'path', name: 'thingId', required: true, schema: { type: 'integer' } }],
        requestBody: {
          required: true,
          content: {
            'application/json': { schema: { $ref: '#/components/schemas/Thing' } },
          },
        },
        responses: {
          200: {
            description: 'Done.',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Thing' } } },
          },
          400: { description: 'No.', content: { 'application/json': { schema: { type: 'object' } } } },
        },
      },
    },
  },
  components: {
    schemas: {
      Thing: {
        type: 'object',
        properties: { size: { type: 'integer', minimum: 1 }, name: { type: 'string' } },
        required: ['size', 'name'],
      },
    },
  },
}

/** What a server may do wrong, and what is to be said of it. */
const planted: { what: string; answer: (response: ServerResponse) => void; said: RegExp }[] = [
  { what: 'an unplanned 500', answer: (to) => json(to, 500, {}), said: /500 is no refusal of ours/ },
  {
    what: 'a 500 in the form of ours',
    answer: (to) =>
      json(to, 500, { error: { code: 'INTERNAL', message: 'Oh.', details: { requestId: 'x' } } }),
    said: /^500 INTERNAL/,
  },
  { what: 'an undocumented status', answer: (to) => json(to, 202, {}), said: /202 .*not in the document/ },
  {
    what: 'an undocumented refusal',
    answer: (to) => json(to, 418, refusal),
    said: /418 BAD_INPUT is not in the document/,
  },
  {
    what: 'a body that does not fit',
    answer: (to) => json(to, 200, { size: 0, name: 'x' }),
    said: /does not fit/,
  },
  {
    what: 'a refusal in a form of its own',
    answer: (to) => json(to, 400, { no: 1 }),
    said: /no refusal of ours/,
  },
  {
    what: 'a page',
    answer: (to) => to.writeHead(200, { 'content-type': 'text/html' }).end('{}'),
    said: /text\/html/,
  },
  { what: 'no JSON', answer: (to) => json(to, 200, undefined), said: /not JSON/ },
  {
    what: 'a stack trace',
    answer: (to) => json(to, 400, { error: { ...refusal.error, message: 'at f (/app/src/x.ts:1:1)' } }),
    said: /tells of its inside/,
  },
  { what: 'nothing', answer: (to) => to.destroy(), said: /no answer/ },
  { what: 'what does not unpack', answer: (to) => compressed(to, Buffer.from('{}')), said: /no answer/ },
]

test.for(planted)('a server that answers $what is found out', async ({ answer, said }) => {
  const report = await fuzzPlanted(answer)
  expect(report.faults.length).toBeGreaterThan(0)
  for (const { what } of report.faults) expect(what).toMatch(said)
})

test.for([
  ['plainly', (to: ServerResponse) => json(to, 200, { size: 1, name: 'x' })],
  ['compressed', (to: ServerResponse) => compressed(to, gzipSync(JSON.stringify({ size: 1, name: 'x' })))],
] as const)('a server that answers as its document says, %s, is not', async ([, answer]) => {
  const report = await fuzzPlanted(answer)
  expect(report.faults).toEqual([])
  expect(report.sent).toBe(200)
})

test('what was never done is asked on, as far as it may be, and no further than it is done', async () => {
  let asked = 0
  const from = (doneAt: number): ((to: ServerResponse) => void) => {
    asked = 0
    return (to) => {
      asked += 1
      json(to, asked < doneAt ? 400 : 200, asked < doneAt ? refusal : { size: 1, name: 'x' })
    }
  }
  expect((await fuzzPlanted(from(250), 200, 1_000)).sent).toBeLessThan(260)
  expect([...(await fuzzPlanted(from(250), 200, 1_000)).byOperation.values()][0]?.done).toBeGreaterThan(0)
  expect((await fuzzPlanted(from(9_999), 200, 100)).sent).toBe(300)
})

test('a fault names the request by seed and place, and that draws the same request again', async () => {
  const { faults, seed } = await fuzzPlanted((to) => json(to, 202, {}), 150)
  const last = faults.at(-1)
  if (last === undefined) throw new Error('no fault')
  const [again] = drawRequests(parseDocument(text), seed, last.place)
  expect(last.curl).toContain(again?.path)
  const first = [...drawRequests(parseDocument(text), seed).take(last.place + 1)].at(-1)
  expect(again).toEqual(first)
  const [other] = drawRequests(parseDocument(text), seed + 1_000, last.place)
  expect(other).not.toEqual(first)
})

test('another machine is not fuzzed', async () => {
  for (const url of ['http://greenroom.example', 'http://192.168.0.1:3000', 'http://[2001:db8::1]'])
    await expect(fuzzServer({ url, seed: 1, count: 1, timeLimitMs: 1_000 })).rejects.toThrow(
      'not on this machine',
    )
})

test('among honest requests there are bodies that the schema takes, among hostile ones bodies of 2 MB and 10,000 levels', () => {
  const drawn = [...drawRequests(parseDocument(text), 5).take(4_000)]
  const bodies = drawn.map(({ body = '' }) => body)
  const isThing = (body: string): boolean => /^\{"size":\d+,"name":"[^"]*"\}$/.test(body)
  expect(bodies.filter(isThing).length).toBeGreaterThan(1_000)
  expect(bodies.some((body) => body.length > 2_000_000)).toBe(true)
  expect(bodies.some((body) => body.startsWith('['.repeat(10_000)))).toBe(true)
  expect(bodies.some((body) => body.includes('"__proto__"'))).toBe(true)
  expect(bodies.some((body) => body.includes('\\ud800'))).toBe(true)
  expect(bodies.some((body) => /"size":.*"size":/.test(body))).toBe(true)
  expect(drawn.some(({ path }) => path.includes('%ED%A0%80'))).toBe(true)
})

async function fuzzPlanted(
  answer: (to: ServerResponse) => void,
  count = 200,
  extraPlaces = 0,
): Promise<FuzzReport> {
  const url = await serve((request, response) => {
    request.resume()
    request.on('end', () => (request.url === '/openapi.json' ? json(response, 200, text) : answer(response)))
  })
  const send = openSender(url, (filled) => filled)
  onTestFinished(() => send.close())
  return await runFuzz({
    document: await readDocument(url),
    url,
    send,
    fill: (filled) => filled,
    refresh: { every: 100, run: async () => {} },
    seed: 3,
    first: 0,
    count,
    extraPlaces,
    concurrency: 4,
    timeLimitMs: 20_000,
  })
}

async function serve(handle: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
  const server = createServer({ maxHeaderSize: 64 * 1024 }, handle)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

function json(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value) ?? 'oh')
}

function compressed(response: ServerResponse, bytes: Buffer): void {
  response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' }).end(bytes)
}
