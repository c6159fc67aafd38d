import { errorCode, errorCodes, errorExamples, exampleOf, parseWireError } from '@greenroom/contract'
import type { Context } from './context.ts'
import { fetchRequestHandler } from '@trpc/server/adapters/fetch'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { publicProcedure } from './procedures.ts'
import { trpc } from './trpc.ts'

/** A router of the real procedures that fails on demand. */
const failing = trpc.router({
  fail: publicProcedure.input(z.object({ code: errorCode })).query(({ input }) => {
    throw exampleOf(input.code)
  }),
  crash: publicProcedure.query(() => {
    throw new Error('the secret is hunter2')
  }),
  nothing: publicProcedure.query(() => null),
})

test.for(errorCodes)('%s leaves tRPC with its code, its details and a 4xx or 503 status', async (code) => {
  const reply = await call(`fail?input=${encodeURIComponent(JSON.stringify({ code }))}`)
  expect(reply.domain).toMatchObject({ code, details: errorExamples[code] })
  expect(reply.status === 503 || (reply.status >= 400 && reply.status < 500)).toBe(code !== 'INTERNAL')
})

test('bad input names the field', async () => {
  const reply = await call(`fail?input=${encodeURIComponent('{"code": 3}')}`)
  expect(reply.status).toBe(400)
  expect(reply.domain).toMatchObject({ code: 'BAD_INPUT', details: { faults: [{ path: 'code' }] } })
})

test('a crash says a request id and not one word of its own', async () => {
  const reply = await call('crash')
  expect(reply.status).toBe(500)
  expect(reply.domain).toMatchObject({ code: 'INTERNAL', details: { requestId: 'request-1' } })
  expect(reply.text).not.toContain('hunter2')
})

test.for([
  ['an unknown procedure', 'no.such', { method: 'GET' }],
  ['input that is not JSON', 'fail?input=%7B', { method: 'GET' }],
  [
    'a query sent as a mutation',
    'nothing',
    { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } },
  ],
] as const)('%s is refused as bad input', async ([, path, init]) => {
  const reply = await call(path, init)
  expect(reply.status).toBeLessThan(500)
  expect(reply.domain).toMatchObject({ code: 'BAD_INPUT' })
})

async function call(path: string, init: RequestInit = {}) {
  const response = await fetchRequestHandler({
    endpoint: '/trpc',
    req: new Request(`http://localhost/trpc/${path}`, init),
    router: failing,
    createContext: () => context,
  })
  const text = await response.text()
  const body = z
    .object({ error: z.object({ data: z.object({ domain: z.unknown() }) }) })
    .parse(JSON.parse(text))
  return { status: response.status, domain: parseWireError(body.error.data.domain), text }
}

const neverUsed = (): never => {
  throw new Error('these procedures reach no dependency but the log')
}

const context: Context = {
  deps: { log: pino({ level: 'silent' }) } as Context['deps'],
  seatMirror: {} as Context['seatMirror'],
  session: null,
  requestId: 'request-1',
  setSessionCookie: neverUsed,
  address: '127.0.0.1',
}
