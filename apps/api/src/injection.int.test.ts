import { once } from 'node:events'
import { connect } from 'node:net'
import { text as textOf } from 'node:stream/consumers'
import { openSeatMirror, startSessionRevocations } from '@greenroom/core'
import { createTestDeps, makeShow, openFileLog } from '@greenroom/core/testing'
import { afterAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { buildServer } from './build-server.ts'
import { send } from './matrix/testing/send.ts'
import { makePerson } from './matrix/testing/world.ts'
import { guardedBy, routeGuards } from './route-guards.ts'
import { apiSettings } from './testing/api-settings.ts'

// What callers write is data wherever it goes: real procedures, a real Postgres and Redis, and a look at what became of them.

const file = openFileLog('api')
const deps = { ...(await createTestDeps()), log: file.log }
const stopRevocations = await startSessionRevocations(deps)
const seatMirror = openSeatMirror(deps)
const { server } = await buildServer({ deps, seatMirror, settings: apiSettings(deps, { trustProxy: 1 }) })
server.get('/breaks/*', guardedBy(routeGuards.open), (request) => {
  throw new Error(`${decodeURIComponent(request.url)} ${request.headers['user-agent']}`)
})
const origin = new URL(await server.listen({ port: 0, host: '127.0.0.1' }))
afterAll(async () => {
  await server.close()
  stopRevocations()
  await seatMirror.close()
})

const [operator, fan] = [await makePerson(deps, 'operator'), await makePerson(deps)]
const { concertId } = await makeShow(deps)

/** The answer's data, or the code of its refusal. */
async function ask(path: string, input: unknown, by = operator): Promise<unknown> {
  const { code, text } = await send(origin, { path, input, token: by.token })
  return (
    code ??
    z.object({ result: z.object({ data: z.unknown().optional() }) }).parse(JSON.parse(text)).result.data
  )
}

describe('into SQL', () => {
  /** What is there, beside what the operator's own deeds add. */
  async function look(): Promise<unknown> {
    const { rows } = await deps.db.pool.query(
      `select (select array_agg(relname order by relname) from pg_class where relnamespace = 'public'::regnamespace) as tables,
         (select count(*) from accounts) as accounts, (select count(*) from transfers) as transfers,
         (select array_agg(id) from accounts where role = 'operator') as operators`,
    )
    return rows
  }

  test.for([
    "' or '1'='1",
    "'; drop table transfers; --",
    "'); update accounts set role = 'operator'; --",
    "' union select password_hash, email from accounts --",
    "\\'; delete from accounts; --",
    '$1',
    '%',
    "a'||pg_sleep(9)||'",
    'a & ) | ( :*',
  ])('%s is a name, a label, an announcement and a word to look for, and nothing else', async (words) => {
    const before = await look()
    expect(await ask('accounts.updateMe', { name: words }, fan)).toMatchObject({ name: words })
    const audited = await ask('history.audit', {})
    await ask('operator.createBypassCode', { concertId, label: words, maxUses: 1 })
    expect(await ask('operator.bypassCodes', { concertId })).toEqual(
      expect.arrayContaining([expect.objectContaining({ label: words })]),
    )
    const message = { ko: words, en: words }
    await ask('operator.tellLine', { concertId, message })
    expect(await ask('waitingRoom.progress', { concertId })).toMatchObject({ message })
    for (const field of ['actorEmail', 'action', 'target']) {
      expect(await ask('history.audit', { [field]: words })).toMatchObject({ entries: [] })
    }
    expect(await ask('history.audit', { text: words })).not.toBe('INTERNAL')
    for (const by of ['email', 'fan', 'ticket'])
      expect(await ask('history.findFan', { by, text: words })).toBe('NOT_FOUND')
    expect(await ask('boxOffice.findPayments', { query: words })).toEqual([])
    expect(await ask('accounts.signIn', { email: fan.email, password: words }, fan)).toMatch(
      /^(WRONG_CREDENTIALS|RATE_LIMITED)$/,
    )
    expect(audited).toMatchObject({ entries: expect.any(Array) })
    expect(await look()).toEqual(before)
  })

  test('guard off: put into the statement instead of beside it, the same words find everything', async () => {
    const words = "' or '1'='1"
    const count = 'select count(*)::int as count from audit_entries where action ='
    const beside = await deps.db.pool.query(`${count} $1`, [words])
    const within = await deps.db.pool.query(`${count} '${words}'`)
    expect(beside.rows).toEqual([{ count: 0 }])
    expect(within.rows[0].count).toBeGreaterThan(0)
  })
})

describe('into Redis', () => {
  test.for([
    '\r\n*1\r\n$8\r\nFLUSHALL\r\n',
    "'] redis.call('flushdb') --",
    '"..redis.call("flushdb").."',
    '{wr:1}:seq',
    'KEYS[1]',
    '*',
  ])('%j is a code, a receipt, an announcement and an address, and nothing else', async (words) => {
    await deps.redis.set('canary', 'sings')
    expect(await ask('waitingRoom.useCode', { concertId, code: words }, fan)).toMatch(
      /^(BYPASS_REFUSED|RATE_LIMITED)$/,
    )
    expect(await ask('waitingRoom.join', { concertId, receipt: words }, fan)).toBe('RECEIPT_REFUSED')
    await ask('operator.tellLine', { concertId, message: { ko: words, en: words } })
    expect(await ask('waitingRoom.progress', { concertId })).toMatchObject({
      message: { ko: words.trim(), en: words.trim() },
    })
    // through a proxy that passes on what its caller wrote
    const address = words.replaceAll(/[\r\n]/g, ' ')
    const reply = await fetch(new URL('/trpc/accounts.signIn', origin), {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-forwarded-for': address },
      body: JSON.stringify({ email: `${Math.random()}@nowhere.example`, password: 'a guess' }),
    })
    expect(reply.status).toBe(401)
    expect(await deps.redis.get('canary')).toBe('sings')
  })

  test('guard off: put into a script instead of beside it, the same words are commands', async () => {
    await deps.redis.set('canary', 'sings')
    await deps.redis.eval('return ARGV[1]', 0, '"..redis.call("del","canary").."')
    expect(await deps.redis.get('canary')).toBe('sings')
    await deps.redis.eval(`return "${'"..redis.call("del","canary").."'}"`, 0)
    expect(await deps.redis.get('canary')).toBeNull()
  })
})

describe('into headers', () => {
  const planted = '%0d%0ax-planted:%20yes%0d%0a%0d%0a<script>'

  test.for([
    `/${planted}`,
    `/concerts/1${planted}/line`,
    `/concerts/1/shows/1${planted}`,
    `/trpc/accounts.me${planted}`,
    `/trpc/catalogue.concert?input=${planted}`,
    `/v1/concerts/${planted}`,
    `/admin/exports/payments${planted}.csv?concertId=${planted}`,
    `/geometry/${planted}`,
    `/admin/queues/${planted}`,
  ])('%s plants none in the answer', async (path) => {
    const headers = {
      authorization: `Bearer ${operator.token}`,
      cookie: `greenroom_locale=ko${planted}`,
      'if-none-match': `"${planted}"`,
      origin: origin.origin,
    }
    const reply = await fetch(new URL(path, origin), { headers, redirect: 'manual' })
    expect(reply.headers.get('x-planted')).toBeNull()
    expect(JSON.stringify([...reply.headers])).not.toMatch(/planted|<script>/)
  })

  test.for(['a\rx-planted: yes', 'a\nx-planted: yes', 'a\u0000b'])(
    'a request whose header holds %j is refused before anything reads it',
    async (value) => {
      const socket = connect(Number(origin.port), origin.hostname)
      await once(socket, 'connect')
      socket.end(`GET /healthz HTTP/1.1\r\nhost: x\r\nconnection: close\r\nuser-agent: ${value}\r\n\r\n`)
      const answer = await textOf(socket)
      // a lone LF ends a header line for some: then the planted one is the caller's own, and stays theirs
      expect(answer).toMatch(/^HTTP\/1\.1 (400|200) /)
      expect(answer).not.toContain('x-planted')
    },
  )
})

test('into logs: what callers write forges no line, commands no terminal and turns nothing around', async () => {
  const forged = '{"level":50,"msg":"the sale was stopped"}'
  const hostile = [
    `\n${forged}`,
    `\r\n${forged}\r\n`,
    '\u001b[2J\u001b[1;31mhacked',
    '\u009b2J',
    '\u202egnp.exe',
    '\u2028x',
  ]
  for (const words of hostile) {
    const reply = await fetch(new URL(`/breaks/${encodeURIComponent(words)}`, origin), {
      headers: { 'user-agent': encodeURIComponent(words) },
    })
    expect(reply.status).toBe(500)
    expect(await reply.text()).not.toContain('hacked')
  }
  const text = await file.read()
  const lines = text.trimEnd().split('\n')
  const entry = z.object({ name: z.literal('api'), msg: z.string(), err: z.unknown().optional() })
  const failures = lines
    .map((line) => entry.parse(JSON.parse(line)))
    .filter(({ msg }) => msg === 'request failed')
  expect(failures).toHaveLength(hostile.length)
  for (const [at, words] of hostile.entries())
    expect(failures[at]).toMatchObject({ err: { message: expect.stringContaining(words) } })
  // oxlint-disable-next-line no-control-regex -- these are what is looked for
  expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/)
})
