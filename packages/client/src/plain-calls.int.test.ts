import { createDemoDatabase, createTestRedis, startProcesses } from '@greenroom/stack'
import { concertId } from '@greenroom/contract'
import { afterAll, expect, test } from 'vitest'
import { createGreenroom } from './create-greenroom.ts'
import { greenroomError } from './greenroom-error.ts'
import { createPlainCalls } from './plain-calls.ts'
import { club } from './testing/demo-fans.ts'

const [database, redis] = await Promise.all([createDemoDatabase(), createTestRedis()])
const processes = await startProcesses({ databaseUrl: database.url, redisUrl: redis.url })
afterAll(async () => {
  await processes.stop()
  await Promise.all([database.drop(), redis.drop()])
})

const plain = createPlainCalls(processes.url)
const { api } = createGreenroom({ apiUrl: processes.url })
const person = { email: 'fan1@greenroom.example', password: 'greenroom' }

test('a query and a mutation answer as they do to the client that has everything', async () => {
  const [own, other] = await Promise.all([
    plain.catalogue.concert.query({ concertId: club }),
    api.catalogue.concert.query({ concertId: club }),
  ])
  expect({ ...own, shows: own.shows.length }).toEqual({ ...other, shows: other.shows.length })
  expect(own.shows.map((show) => show.showId)).toEqual(other.shows.map((show) => show.showId))
  expect((await plain.accounts.signIn.mutate(person)).account).toEqual(
    (await api.accounts.signIn.mutate(person)).account,
  )
  expect(await plain.accounts.me.query()).toBeNull()
})

test('a refusal is read as from the client that has everything, details and all', async () => {
  const unknown = { concertId: concertId.parse(999_999) }
  const refused = await Promise.all(
    [plain, api].flatMap((calls) => [
      calls.catalogue.concert.query(unknown).catch(greenroomError),
      calls.waitingRoom.join.mutate({ concertId: club }).catch(greenroomError),
      calls.accounts.signIn.mutate({ ...person, password: 'not it' }).catch(greenroomError),
    ]),
  )
  expect(refused.slice(0, 3)).toEqual(refused.slice(3))
  expect(refused[0]).toMatchObject({ code: 'NOT_FOUND', details: { what: 'concert' } })
})

test('no server is no refusal', async () => {
  const nobody = createPlainCalls('http://127.0.0.1:9')
  const failure = await nobody.accounts.me.query().catch((error: unknown) => error)
  expect(failure).toBeInstanceOf(Error)
  expect(greenroomError(failure)).toBeUndefined()
})
