import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { parseWireError, type WireError } from '@greenroom/contract'
import { openSeatMirror, readBalance, signUp, startSessionRevocations } from '@greenroom/core'
import { createTestDeps } from '@greenroom/core/testing'
import { afterAll, expect, onTestFinished, test } from 'vitest'
import { WebSocket } from 'ws'
import { z } from 'zod'
import { buildServer } from './build-server.ts'
import { apiSettings } from './testing/api-settings.ts'

/** Of a class's calls a minute: 4 of `read` and `browse`, and the one that there always is of `pay`. */
const deps = await createTestDeps({ rateLimitFactor: 1 / 300 })
const stopRevocations = await startSessionRevocations(deps)
const seatMirror = openSeatMirror(deps)
const { server } = await buildServer({ deps, seatMirror, settings: apiSettings(deps) })
const url = new URL(await server.listen({ port: 0, host: '127.0.0.1' }))
afterAll(async () => {
  await server.close()
  stopRevocations()
  await seatMirror.close()
})

/** What came of one call, as this way of calling tells it; a WebSocket has no header. */
type Answer = { status: number; retryAfter: string | null; error: WireError | undefined }
type Call = { read: () => Promise<Answer>; charge: () => Promise<Answer> }

const charge = () => ({ amountMinor: 1_000, idempotencyKey: randomUUID() })
const ofTrpc = z.object({ error: z.object({ data: z.object({ domain: z.unknown() }) }) })
const ofRest = z.object({ error: z.unknown() })

/** A fan's ways of reading their balance and of charging it. */
const ways: Record<string, (token: string) => Promise<Call>> = {
  'a single tRPC call': async (token) => ({
    read: async () => await answerOf(await get(token, '/trpc/wallet.balance'), trpcError),
    charge: async () => await answerOf(await post(token, '/trpc/wallet.charge', charge()), trpcError),
  }),
  'a tRPC batch of one': async (token) => ({
    read: async () => await answerOf(await get(token, '/trpc/wallet.balance?batch=1&input={}'), firstOfBatch),
    charge: async () =>
      await answerOf(await post(token, '/trpc/wallet.charge?batch=1', { 0: charge() }), firstOfBatch),
  }),
  'tRPC over WebSocket': callBySocket,
  REST: async (token) => ({
    read: async () => await answerOf(await get(token, '/v1/wallet'), restError),
    charge: async () => {
      const { amountMinor, idempotencyKey } = charge()
      const headers = { 'idempotency-key': idempotencyKey }
      return await answerOf(await post(token, '/v1/wallet/charges', { amountMinor }, headers), restError)
    },
  }),
}

const refused = (way: string) => ({
  status: 429,
  retryAfter: way === 'tRPC over WebSocket' ? null : expect.stringMatching(/^([1-9]|[1-5]\d|60)$/),
  error: {
    code: 'RATE_LIMITED',
    message: 'Too many calls: wait and try again.',
    details: { retryAfterMs: expect.any(Number) },
  },
})

test.for(Object.keys(ways))(
  '%s: status, Retry-After and the typed refusal say the same, and what is refused is not done',
  async (way) => {
    const { fanId, token } = await newFan()
    const call = await ways[way]?.(token)
    if (call === undefined) throw new Error(`there is no way ${way}`)
    for (let calls = 0; calls < 4; calls++) expect((await call.read()).error).toBeUndefined()
    const answer = await call.read()
    expect(answer).toEqual(refused(way))
    expectSameWait(answer)
    expect((await call.charge()).error).toBeUndefined()
    expect(await call.charge()).toEqual(refused(way))
    expect((await readBalance(deps, fanId)).balanceMinor).toBe(1_000)
  },
)

test('a fan’s calls are counted together, whichever way they come', async () => {
  const { token } = await newFan()
  const calls = await Promise.all(Object.values(ways).map((open) => open(token)))
  for (const { read } of calls) expect((await read()).error).toBeUndefined()
  for (const { read } of calls) expect((await read()).status).toBe(429)
})

test('in a batch each call is counted: those that are too many are refused, the others answered, and the header says when', async () => {
  const { token } = await newFan()
  const paths = ['wallet.balance', 'wallet.balance', 'wallet.balance', 'wallet.balance', 'wallet.balance']
  const reply = await get(
    token,
    `/trpc/${[...paths, 'tickets.list', 'catalogue.concerts'].join(',')}?batch=1&input={}`,
  )
  expect(reply.status).toBe(207)
  expect(reply.headers.get('retry-after')).toMatch(/^\d+$/)
  const answers = z.array(z.unknown()).parse(await reply.json())
  expect(answers.map((each) => trpcError(each)?.code ?? 'answered')).toEqual([
    ...Array.from({ length: 4 }, () => 'answered'),
    'RATE_LIMITED',
    'RATE_LIMITED',
    'answered',
  ])
})

/** The header is in whole seconds, and never earlier than what the refusal itself says. */
function expectSameWait({ retryAfter, error }: Answer): void {
  if (error?.code !== 'RATE_LIMITED') throw new Error('it is no such refusal')
  const { retryAfterMs } = error.details
  expect(retryAfterMs).toBeGreaterThan(0)
  expect(retryAfterMs).toBeLessThanOrEqual(60_000)
  const inSeconds = String(Math.ceil(retryAfterMs / 1_000))
  expect(retryAfter ?? inSeconds).toBe(inSeconds)
}

async function newFan() {
  const email = `${randomUUID()}@greenroom.example`
  const { account, token } = await signUp(deps, { email, password: 'greenroom', name: 'Fan', locale: 'en' })
  return { fanId: account.accountId, token }
}

const get = (token: string, path: string): Promise<Response> =>
  fetch(new URL(path, url), { headers: { authorization: `Bearer ${token}` } })

const post = (token: string, path: string, body: object, headers: object = {}): Promise<Response> =>
  fetch(new URL(path, url), {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })

async function answerOf(reply: Response, errorOf: (body: unknown) => WireError | undefined): Promise<Answer> {
  const error = errorOf(await reply.json())
  return { status: reply.status, retryAfter: reply.headers.get('retry-after'), error }
}

function trpcError(body: unknown): WireError | undefined {
  const parsed = ofTrpc.safeParse(body)
  return parsed.success ? parseWireError(parsed.data.error.data.domain) : undefined
}

const firstOfBatch = (body: unknown): WireError | undefined => trpcError(z.array(z.unknown()).parse(body)[0])

function restError(body: unknown): WireError | undefined {
  const parsed = ofRest.safeParse(body)
  return parsed.success ? parseWireError(parsed.data.error) : undefined
}

const socketReply = z.object({
  id: z.number(),
  error: z.object({ data: z.object({ httpStatus: z.number(), domain: z.unknown() }) }).optional(),
})

async function callBySocket(token: string): Promise<Call> {
  const socket = new WebSocket(`ws://${url.host}/trpc`, { headers: { authorization: `Bearer ${token}` } })
  onTestFinished(() => socket.close())
  await once(socket, 'open')
  let ids = 0
  const call = async (method: string, path: string, input?: object): Promise<Answer> => {
    socket.send(JSON.stringify({ id: (ids += 1), jsonrpc: '2.0', method, params: { path, input } }))
    const [text] = await once(socket, 'message')
    const { error } = socketReply.parse(JSON.parse(String(text)))
    return { status: error?.data.httpStatus ?? 200, retryAfter: null, error: trpcError({ error }) }
  }
  return {
    read: () => call('query', 'wallet.balance'),
    charge: () => call('mutation', 'wallet.charge', charge()),
  }
}
