import { createGreenroom } from '@greenroom/client'
import { concertId, showId } from '@greenroom/contract'
import {
  createDemoDatabase,
  startFleet,
  startPrivatePostgres,
  startPrivateRedisCluster,
  startReplica,
} from '@greenroom/stack'
import { afterAll, expect, test } from 'vitest'
import { crowdDefaults } from './crowd-options.ts'
import { findBroken } from './crowd-report.ts'
import { runCrowd } from './run-crowd.ts'

// the whole product as it is when one machine is too small: two of each process, three Redis masters, a replica for browsing
const [primary, cluster] = await Promise.all([startPrivatePostgres(), startPrivateRedisCluster()])
const database = await createDemoDatabase(primary.url)
const replica = await startReplica(primary, { isConfirming: 'on' })
const { pathname } = new URL(database.url)
const fleet = await startFleet({
  databaseUrl: database.url,
  redisUrl: cluster.url,
  apis: 2,
  gateways: 2,
  workers: 2,
  env: { DATABASE_REPLICA_URL: Object.assign(new URL(replica.url), { pathname }).href },
})
afterAll(async () => {
  await fleet.stop()
  await primary.stop()
  await Promise.all([replica.stop(), cluster.stop()])
})

test('a hall is sold to a crowd, and every invariant holds', async () => {
  const { api, setToken } = createGreenroom({ apiUrl: fleet.url })
  setToken(
    (await api.accounts.signIn.mutate({ email: 'operator@greenroom.example', password: 'greenroom' })).token,
  )
  await api.operator.tuneLine.mutate({ concertId: concertId.parse(1), capacity: 12 })
  const report = await runCrowd({
    ...crowdDefaults,
    url: fleet.url,
    concertId: concertId.parse(1),
    showId: showId.parse(1),
    fans: 40,
    observers: 2,
    thinkMs: 50,
    timeoutMs: 90_000,
  })
  expect(findBroken(report)).toEqual([])
  expect(report.seatsSold).toBeGreaterThan(0)
  expect(report.line).toMatchObject({ witnesses: 40 })
}, 120_000)
