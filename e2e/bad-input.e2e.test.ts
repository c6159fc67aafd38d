import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inputs, type Kind, type Method } from './bad-input/inputs.ts'
import { wrong } from './bad-input/wrong-values.ts'
import { known } from './support/known.ts'
import { type OnSale, startOnSale } from './support/on-sale.ts'
import { query } from './support/query.ts'
import { refusalOf } from './support/refusal.ts'
import { signIn, type VirtualFan } from './support/virtual-fan.ts'

/** What takes words of the caller's own. */
const worded: Kind[] = ['text', 'note', 'address']

/** Written in many ways that have broken something somewhere; each may be refused, none may break anything. */
const wild = ["'; drop table seats; --", 'a\u0000b', '\ud800', '\u202e', '${1}', '%00', '😀'.repeat(20)]

let sale: OnSale
let operator: VirtualFan
let fan: VirtualFan

beforeAll(async () => {
  sale = await startOnSale()
  operator = await signIn(sale.url, 'operator@greenroom.example')
  fan = await signIn(sale.url, 'fan1@greenroom.example')
})
afterAll(() => sale.close())

const calls = Object.entries(inputs).flatMap(([router, procedures]) =>
  Object.entries(procedures).flatMap(([procedure, methods]) =>
    Object.entries(methods).map(([method, fields]) => ({
      path: `${router}.${procedure}`,
      method: method as Method,
      fields: Object.entries(fields as Record<string, string>).map(([name, kind]) => ({
        name,
        kind: kind.replace('?', '') as Kind,
        isNeeded: !kind.endsWith('?'),
      })),
    })),
  ),
)

test.for(calls.filter((call) => call.fields.length > 0))(
  '$path refuses whatever a field may not be, and names the field; nothing has happened',
  async (call) => {
    const before = await countRows()
    const faults = call.fields.flatMap(({ name, kind, isNeeded }) =>
      [...wrong[kind], ...(isNeeded ? [undefined] : [])].map((value) => ({ name, value })),
    )
    const unnamed = await Promise.all(
      faults.map(async ({ name, value }) => {
        const paths = await faultsOf(call, { [name]: value })
        return paths.some((path) => path.split(/[.[]/)[0] === name) ? [] : [{ name, value, paths }]
      }),
    )
    expect(unnamed.flat()).toEqual([])
    for (const value of [null, 7, 'text', [], [[]]]) expect(await faultsOf(call, value)).not.toEqual([])
    expect(await countRows()).toEqual(before)
  },
)

test.for(calls.filter((call) => call.fields.length > 0))(
  '$path does not refuse the form that its fields should have',
  async (call) => {
    expect(['BAD_INPUT', 'INTERNAL']).not.toContain(await answerOf(call, validInput(call)))
  },
)

test('what happened would have been noticed', async () => {
  const before = await countRows()
  await fan.api.wallet.charge.mutate({ amountMinor: 1, idempotencyKey: randomUUID() })
  expect(await countRows()).not.toEqual(before)
})

test.for(calls.filter((call) => call.fields.some(({ kind }) => worded.includes(kind))))(
  '$path breaks over no text: it is taken or refused by name',
  async (call) => {
    const texts = call.fields.filter(({ kind }) => worded.includes(kind))
    const answers = await Promise.all(
      texts.flatMap(({ name }) =>
        [...wild, ...wild.map((text) => `https://partner.example/${text}`)].map(async (value) => ({
          name,
          value,
          answer: await answerOf(call, { ...validInput(call), [name]: value }),
        })),
      ),
    )
    expect(answers.filter(({ answer }) => answer === 'INTERNAL')).toEqual([])
  },
)

const rawRequests: { what: string; path: string; init: RequestInit }[] = [
  { what: 'a body that is no JSON', path: 'accounts.signIn', init: json('{"email":') },
  { what: 'no body', path: 'accounts.signIn', init: { method: 'POST' } },
  { what: 'a form', path: 'accounts.signIn', init: form('email=a@b.c&password=x') },
  { what: 'a query by POST', path: 'catalogue.concerts', init: json('{}') },
  { what: 'a mutation by GET', path: 'accounts.signOut', init: {} },
  { what: 'an unknown procedure', path: 'accounts.drop', init: {} },
  { what: "an object's own property", path: '__proto__.constructor', init: {} },
  { what: 'an input that is no JSON', path: 'catalogue.concert?input=%7B', init: {} },
  { what: '2 MB', path: 'accounts.signIn', init: json(JSON.stringify({ email: 'x'.repeat(2_000_000) })) },
  {
    what: 'a batch of 500',
    path: `${Array(500).fill('catalogue.concerts').join(',')}?batch=1&input={}`,
    init: {},
  },
]

test.for(rawRequests)(
  '$what is refused with a typed error that says nothing of the server',
  async ({ path, init }) => {
    const response = await fetch(`${sale.url}/trpc/${path}`, init)
    const text = await response.text()
    expect(response.status).toBeGreaterThanOrEqual(400)
    expect(response.status).toBeLessThan(500)
    expect(text).toMatch(/"code":"[A-Z_]+"/)
    expect(text).not.toMatch(/node_modules|\/src\/|at .*:\d+:\d+/)
  },
)

test('fields named like parts of every object change nothing for the next caller', async () => {
  const body =
    '{"email":"x@y.z","password":"12345678","__proto__":{"role":"operator"},"constructor":{"prototype":{"role":"operator"}}}'
  await fetch(`${sale.url}/trpc/accounts.signIn`, json(body))
  expect(await fan.api.accounts.me.query()).toMatchObject({ role: 'fan' })
  expect(await refusalOf(fan.api.history.audit.query({}))).toMatchObject({ code: 'FORBIDDEN' })
})

type Call = (typeof calls)[number]
type Handlers = { onData: (data: unknown) => void; onError: (error: unknown) => void }
type Send = (input: unknown, handlers?: Handlers) => Promise<unknown> & { unsubscribe: () => void }

/** The right form for every field that is needed. */
function validInput({ fields }: Call): Record<string, unknown> {
  const valid: Record<Kind, unknown> = {
    id: 1,
    ids: [1],
    idsOrNull: null,
    number: 1,
    numberOrNull: 1,
    text: 'text-1234',
    note: '',
    address: 'https://partner.example/hook',
    choice: 'en',
    choices: ['reservation.paid'],
    yesOrNo: true,
    message: { ko: '가', en: 'a' },
    parts: { ko: '시험', en: 'Test' },
    anyParts: {},
  }
  const ofName: Record<string, unknown> = {
    email: `wild-${randomUUID()}@greenroom.example`,
    action: 'open',
    range: '15m',
    by: 'email',
    timeZone: 'Asia/Seoul',
    preset: 'club-50',
    // the club's
    prices: [0, 1, 2].map((categoryCode) => ({ categoryCode, priceMinor: 1 })),
    line: { mode: 'fifo', opensAtMs: 1, capacity: 1 },
    // to come, and not twice the same
    startsAtMs: Date.now() + Math.ceil((1 + Math.random()) * 365 * 86_400_000),
    // none has it: what one costs is not to be guessed
    categoryCode: 255,
  }
  return Object.fromEntries(
    fields.filter(({ isNeeded }) => isNeeded).map(({ name, kind }) => [name, ofName[name] ?? valid[kind]]),
  )
}

/** What became of a call: `taken`, or the code of its refusal. */
async function answerOf(call: Call, input: unknown): Promise<string> {
  return await send(call, input).then(
    () => 'taken',
    (error: unknown) => refusalOf(Promise.reject(error)).then(({ code }) => code),
  )
}

async function faultsOf(call: Call, input: unknown): Promise<string[]> {
  const refusal = await refusalOf(send(call, input))
  if (refusal.code !== 'BAD_INPUT') throw new Error(`${call.path}(${JSON.stringify(input)}): ${refusal.code}`)
  return refusal.details.faults.map((fault) => fault.path)
}

/** Past the types, as another program would: the client's proxy takes any path. */
async function send({ path, method }: Call, input: unknown): Promise<unknown> {
  const isForOperators =
    /^(boxOffice|editor|history|operator|partners|sales|webhooks)\.|^tickets\.admit$/.test(path)
  const { api } = isForOperators ? operator : fan
  const [router = '', procedure = ''] = path.split('.')
  const procedures = known(Reflect.get(api, router) as Record<string, Record<Method, Send>>, router)
  const call = known(procedures[procedure], path)
  if (method !== 'subscribe') return await call[method](input)
  return await new Promise((resolve, reject) => {
    const subscription = call.subscribe(input, {
      onData: (data: unknown) => {
        subscription.unsubscribe()
        resolve(data)
      },
      onError: reject,
    })
  })
}

async function countRows(): Promise<object[]> {
  return await query(
    sale.databaseUrl,
    `select (select count(*) from accounts) as accounts, (select count(*) from reservations) as reservations,
       (select count(*) from transfers) as transfers, (select count(*) from tickets) as tickets,
       (select count(*) from seats where status <> 'available') as taken,
       (select count(*) from audit_entries) as audited, (select count(*) from idempotency_keys) as keys,
       (select count(*) from partner_keys) as partners, (select count(*) from bypass_codes) as codes, (select count(*) from webhook_endpoints) as endpoints,
       (select count(*) from webhook_deliveries) as deliveries,
       (select sum(balance_minor) from wallets where kind = 'fan') as money`,
  )
}

function json(body: string): RequestInit {
  return { method: 'POST', headers: { 'content-type': 'application/json' }, body }
}

function form(body: string): RequestInit {
  return { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body }
}
