import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib'
import Fastify, { type FastifyInstance } from 'fastify'
import type { LocalizedText } from '@greenroom/contract'
import { pino } from 'pino'
import { expect, onTestFinished, test } from 'vitest'
import { answerFailures } from './failures.ts'
import { setSecurityHeaders } from './security-headers.ts'
import { serveWeb } from './web-files.ts'

const script = 'console.log(1)\n'.repeat(200)

const settings = { gatewayOrigin: null, gatewayPort: 3001, publicOrigin: 'http://tickets.example:3000' }
const title: LocalizedText = { ko: '유리 정원', en: 'Glass & <Garden>' }
const known = (): LocalizedText => title
const unknown = (): undefined => undefined

/** A server of a small build, which is gone from the disk once it serves. */
function serveBuild(recallTitle: () => LocalizedText | undefined = known): FastifyInstance {
  const root = mkdtempSync(join(tmpdir(), 'greenroom-web-'))
  mkdirSync(join(root, 'assets/workers'), { recursive: true })
  mkdirSync(join(root, '.vite'))
  for (const [name, bytes] of Object.entries({
    'index.html': 'the app',
    'line.html': 'the line',
    'seats.html': '<html lang="{lang}">seats: {title}.',
    'assets/app-1a2b.js': script,
    'assets/workers/sums-1a2b.js': script,
    'assets/app-1a2b.js.br': brotliCompressSync(script),
    'assets/app-1a2b.js.gz': gzipSync(script),
    '.vite/pages.json': '{}',
  })) {
    writeFileSync(join(root, name), bytes)
  }
  const server = Fastify()
  answerFailures(server, pino({ level: 'silent' }))
  setSecurityHeaders(server, settings)
  serveWeb(server, { settings, recallTitle }, root)
  rmSync(root, { recursive: true })
  onTestFinished(() => server.close())
  return server
}

test.for([
  ['/', 'the app'],
  ['/concerts/7', 'the app'],
  ['/concerts/7/shows/3?x=1', '<html lang="ko">seats: 유리 정원.'],
  ['/concerts/nothing/shows/3', 'the app'],
  ['/concerts/7/line', 'the line'],
  ['/concerts/7/line/?join=true', 'the line'],
  ['/concerts/7/line/more', 'the app'],
] as const)('%s is %s, asked for anew each time', async ([url, body]) => {
  const reply = await serveBuild().inject(url)
  expect(reply.body).toBe(body)
  expect(reply.headers).toMatchObject({
    'cache-control': 'no-cache',
    'content-type': 'text/html; charset=utf-8',
  })
})

test('a script is sent as its reader takes it, from memory, and kept for ever', async () => {
  const server = serveBuild()
  const get = (accepted: string) =>
    server.inject({ url: '/assets/app-1a2b.js', headers: { 'accept-encoding': accepted } })
  const [br, gzip, plain] = await Promise.all([get('gzip, br'), get('gzip'), get('identity')])
  expect(br.headers).toMatchObject({
    'content-encoding': 'br',
    'cache-control': 'public, max-age=31536000, immutable',
    'content-type': 'text/javascript; charset=utf-8',
    vary: 'accept-encoding',
  })
  expect(brotliDecompressSync(br.rawPayload).toString()).toBe(script)
  expect(gunzipSync(gzip.rawPayload).toString()).toBe(script)
  expect(plain.headers['content-encoding']).toBeUndefined()
  expect(plain.body).toBe(script)
})

test('a worker’s file brings the content policy that it runs by; a page’s script is under the page’s', async () => {
  const server = serveBuild()
  const policyOf = async (url: string, tag?: string) =>
    (
      await server.inject({
        url,
        headers: { 'accept-encoding': 'br', ...(tag !== undefined && { 'if-none-match': tag }) },
      })
    ).headers['content-security-policy']
  const worker = '/assets/workers/sums-1a2b.js'
  const ofPage = await policyOf('/')
  expect(ofPage).toContain("default-src 'self'")
  expect(await policyOf(worker)).toBe(ofPage)
  const tag = String((await server.inject(worker)).headers['etag'])
  expect(await policyOf(worker, tag)).toBe(ofPage)
  expect(await policyOf('/assets/app-1a2b.js')).toBeUndefined()
})

test('who has the page already gets a 304 without it', async () => {
  const server = serveBuild()
  const { etag } = (await server.inject('/concerts/7/line')).headers
  const again = await server.inject({ url: '/concerts/7/line', headers: { 'if-none-match': String(etag) } })
  expect([again.statusCode, again.body]).toEqual([304, ''])
  const other = await server.inject({ url: '/concerts/7', headers: { 'if-none-match': String(etag) } })
  expect([other.statusCode, other.body]).toEqual([200, 'the app'])
})

test.for([
  [{ 'accept-language': 'en-GB,ko;q=0.8' }, '<html lang="en">seats: Glass &amp; &lt;Garden&gt;.'],
  [{ 'accept-language': 'fr, ko-KR, en' }, '<html lang="ko">seats: 유리 정원.'],
  [
    { 'accept-language': 'ko', cookie: 'a=b; greenroom_locale=en' },
    '<html lang="en">seats: Glass &amp; &lt;Garden&gt;.',
  ],
] as const)('the page of seats says which concert it is to %o', async ([headers, body]) => {
  const reply = await serveBuild().inject({ url: '/concerts/7/shows/3', headers })
  expect(reply.body).toBe(body)
  expect(reply.headers['vary']).toBe('accept-encoding, accept-language, cookie')
  const compressed = await serveBuild().inject({
    url: '/concerts/7/shows/3',
    headers: { ...headers, 'accept-encoding': 'br', 'if-none-match': '"of another"' },
  })
  expect(brotliDecompressSync(compressed.rawPayload).toString()).toBe(body)
})

test('the page in one language is not taken for the same page in another', async () => {
  const server = serveBuild()
  const get = (language: string, tag?: string) =>
    server.inject({
      url: '/concerts/7/shows/3',
      headers: { 'accept-language': language, ...(tag !== undefined && { 'if-none-match': tag }) },
    })
  const tag = String((await get('ko')).headers['etag'])
  expect((await get('ko', tag)).statusCode).toBe(304)
  expect((await get('en', tag)).statusCode).toBe(200)
})

test.each([
  ['this process does not know the concert', unknown, '/concerts/7/shows/3'],
  ['there can be no such concert', known, '/concerts/0/shows/3'],
] as const)('where %s the page comes without a name', async (...[, recallTitle, url]) => {
  const reply = await serveBuild(recallTitle).inject(url)
  expect([reply.statusCode, reply.body]).toEqual([200, '<html lang="ko">seats: .'])
})

test('the document with room for a name is no page itself', async () => {
  expect((await serveBuild().inject('/seats.html')).statusCode).toBe(404)
})

test('HEAD answers what GET would, without the body', async () => {
  const server = serveBuild()
  for (const url of ['/', '/concerts/7/line', '/assets/app-1a2b.js']) {
    const head = await server.inject({ method: 'HEAD', url })
    expect([head.statusCode, head.body]).toEqual([200, ''])
    expect(head.headers['etag']).toBe((await server.inject(url)).headers['etag'])
  }
})

test.for([
  '/assets/gone-1.js',
  '/.vite/pages.json',
  '/assets/app-1a2b.js.br',
  '/assets/..%2f..%2fpackage.json',
  '/v1/nothing',
])('%s is no page', async (url) => {
  const reply = await serveBuild().inject(url)
  expect(reply.statusCode).toBe(404)
  expect(reply.json()).toMatchObject({ error: { code: 'NOT_FOUND', details: { what: 'route' } } })
})

test.for([
  ['localhost:3000', 'http://localhost:3001'],
  ['127.0.0.1', 'http://127.0.0.1:3001'],
  ['tickets.example:3000', 'http://tickets.example:3001'],
  ['evil.example', 'http://tickets.example:3001'],
  ['evil.example:80@localhost', 'http://tickets.example:3001'],
  ['localhost.evil.example:3000', 'http://tickets.example:3001'],
  ['[::1]:3000', 'http://tickets.example:3001'],
  ['<script>', 'http://tickets.example:3001'],
])(
  'asked for as %s the gateway is at %s, and nobody keeps the answer for others',
  async ([host, gatewayUrl]) => {
    const reply = await serveBuild().inject({ url: '/config.json', headers: { host } })
    expect(reply.json()).toEqual({ gatewayUrl })
    expect(reply.headers).toMatchObject({ 'cache-control': 'no-store', vary: 'host' })
  },
)

test('a gateway that has an origin is there, whatever it was asked for as', async () => {
  const server = Fastify()
  onTestFinished(() => server.close())
  const named = { ...settings, gatewayOrigin: 'https://live.tickets.example' }
  serveWeb(server, { settings: named, recallTitle: known }, join(tmpdir(), 'greenroom-no-such-build'))
  const reply = await server.inject({ url: '/config.json', headers: { host: 'evil.example' } })
  expect(reply.json()).toEqual({ gatewayUrl: 'https://live.tickets.example' })
})

test('where nothing was built there are no pages, and the rest works', async () => {
  const server = Fastify()
  onTestFinished(() => server.close())
  answerFailures(server, pino({ level: 'silent' }))
  serveWeb(server, { settings, recallTitle: known }, join(tmpdir(), 'greenroom-no-such-build'))
  expect((await server.inject('/')).statusCode).toBe(404)
  expect((await server.inject('/config.json')).json()).toMatchObject({ gatewayUrl: expect.any(String) })
})
