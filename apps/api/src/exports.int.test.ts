import { openSeatMirror, startSessionRevocations } from '@greenroom/core'
import { createTestDeps, makeShow } from '@greenroom/core/testing'
import { afterAll, expect, test } from 'vitest'
import { buildServer } from './build-server.ts'
import { apiSettings } from './testing/api-settings.ts'
import { signUpAs } from './testing/sign-up-as.ts'

const deps = await createTestDeps()
const stopRevocations = await startSessionRevocations(deps)
const seatMirror = openSeatMirror(deps)
const { server } = await buildServer({ deps, seatMirror, settings: apiSettings(deps) })
const address = await server.listen({ host: '127.0.0.1', port: 0 })
afterAll(async () => {
  await server.close()
  stopRevocations()
  await seatMirror.close()
})

const show = await makeShow(deps)
const path = `/admin/exports/reservations.csv?concertId=${show.concertId}`

const signUp = (role: 'fan' | 'operator') => signUpAs({ server, deps }, role)
const operator = await signUp('operator')
const headers = { authorization: operator.authorization }

async function insertMany(count: number): Promise<void> {
  await deps.db.pool.query(
    `insert into reservations (show_id, concert_id, fan_id, seat_ids, amount_minor, state, held_until, max_held_until, ended_at)
     select $1, $2, $3, array[$4::bigint], 50000, 'RELEASED', now(), now(), now() from generate_series(1, $5)`,
    [show.showId, show.concertId, operator.accountId, show.seatIds[0], count],
  )
}

test('a file is for operators alone', async () => {
  expect((await server.inject(path)).statusCode).toBe(401)
  const { authorization } = await signUp('fan')
  expect((await server.inject({ url: path, headers: { authorization } })).statusCode).toBe(403)
})

test('it comes as a download that no cache keeps', async () => {
  const reply = await server.inject({ url: path, headers })
  expect(reply.statusCode).toBe(200)
  expect(reply.headers).toMatchObject({
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': `attachment; filename="greenroom-reservations-${show.concertId}.csv"`,
    'cache-control': 'no-store',
  })
  expect(reply.body).toMatch(/^\uFEFFreservationId,heldAt,/)
})

test.for([
  ['secrets.csv?concertId=1', 400],
  ['payments.csv', 400],
  ['payments.csv?concertId=x', 400],
  ['payments.csv?concertId=1&concertId=2', 400],
  ['payments.csv?concertId=999999', 404],
  ["payments.csv?concertId=1'--", 400],
] as const)('%s is refused with %i', async ([file, status]) => {
  const reply = await server.inject({ url: `/admin/exports/${file}`, headers })
  expect(reply.statusCode).toBe(status)
  expect(reply.headers['content-type']).toMatch(/^application\/json/)
})

test('a large file is whole, and one whose reader goes away half way frees its connection', async () => {
  await insertMany(30_000)
  const whole = await fetch(`${address}${path}`, { headers })
  expect((await whole.text()).split('\r\n')).toHaveLength(30_002)

  const gone = new AbortController()
  for (let reader = 0; reader < 2; reader++) {
    const reply = await fetch(`${address}${path}`, { headers, signal: gone.signal })
    await reply.body?.getReader().read()
  }
  const third = await server.inject({ url: path, headers })
  expect(third.statusCode).toBe(503)
  expect(third.json()).toMatchObject({ error: { code: 'OVERLOADED' } })
  gone.abort()
  await expect.poll(() => deps.db.pool.totalCount - deps.db.pool.idleCount).toBe(0)
  expect((await server.inject({ url: path, headers })).statusCode).toBe(200)
})
