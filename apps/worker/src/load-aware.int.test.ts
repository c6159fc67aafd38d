import { once } from 'node:events'
import { Agent, request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ConcertId } from '@greenroom/contract'
import { joinLine, readAdmissionPace, readProgress, tuneLine } from '@greenroom/core'
import { asOwner, createTestDeps, makeFan, makeFans, makeShow } from '@greenroom/core/testing'
import { startProcesses } from '@greenroom/stack'
import { expect, onTestFinished, test } from 'vitest'

const deps = await createTestDeps()
const patience = { timeout: 40_000, interval: 100 }

/** As many as an operator would let in a minute who knows nothing of the servers: sixty a second. */
const ratePerMinute = 3_600
const floorPerMinute = 30

/** A line in which 1,500 wait: as many as come in within 25 s. */
async function makeLine(isLoadAware: boolean): Promise<ConcertId> {
  const { concertId } = await makeShow(deps, { seatCount: 2_500, capacity: 0 })
  const operatorId = await makeFan(deps)
  const tune = { concertId, operatorId, ratePerMinute, isLoadAware, floorPerMinute }
  await tuneLine(deps, tune)
  const crowd = await makeFans(deps, 1_500)
  await Promise.all(crowd.map((fanId) => joinLine(deps, { concertId, fanId })))
  await tuneLine(deps, { ...tune, capacity: 2_000 })
  return concertId
}

type Trouble = { stop: () => Promise<void> }

/** Fans inside who ask for their balance again and again, so many at a time, until stopped. */
function askForBalances(url: string, cookie: string, callers: number): Trouble {
  const agent = new Agent({ keepAlive: true, maxSockets: callers })
  let isOver = false
  const call = async (): Promise<void> => {
    while (!isOver) {
      const asked = request(`${url}/trpc/wallet.balance`, { agent, headers: { cookie } }).end()
      const [reply] = await once(asked, 'response')
      expect(reply.statusCode).toBe(200)
      reply.resume()
      await once(reply, 'end')
    }
  }
  const all = Promise.all(Array.from({ length: callers }, call))
  return {
    stop: async () => {
      isOver = true
      await all
      agent.destroy()
    },
  }
}

/** Somebody else's work on the same Postgres, which keeps the wallets for 0.6 s at a time, until stopped. */
function keepWallets(): Trouble {
  let isOver = false
  const keep = async (): Promise<void> => {
    while (!isOver) {
      await asOwner(deps, async (tx) => {
        await tx.query('lock table wallets in access exclusive mode; select pg_sleep(0.6)')
      })
      await sleep(20)
    }
  }
  const kept = keep()
  return {
    stop: async () => {
      isOver = true
      await kept
    },
  }
}

const paceOf = async (concertId: ConcertId): Promise<number> =>
  (await readAdmissionPace(deps, concertId)).current?.perMinute ?? 0

const admittedOf = async (concertId: ConcertId): Promise<number> =>
  (await readProgress(deps, concertId)).admittedTotal

test('real servers that have become slow are sent fewer fans, and more again when that is over; a line with it turned off fills them on', async () => {
  const { databaseUrl, redisUrl } = deps.settings
  const [processes, aware, unaware] = await Promise.all([
    startProcesses({ databaseUrl, redisUrl, without: ['gateway'] }),
    makeLine(true),
    makeLine(false),
  ])
  onTestFinished(processes.stop)
  const signedUp = await fetch(`${processes.url}/trpc/accounts.signUp`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: 'busy@greenroom.example', password: 'greenroom', name: 'Busy' }),
  })
  const cookie = signedUp.headers.get('set-cookie')?.split(';')[0] ?? ''

  // nothing is asked: it rises from the floor
  await expect.poll(() => paceOf(aware), patience).toBeGreaterThan(floorPerMinute + 90)
  const calmPace = await paceOf(aware)

  const fans = askForBalances(processes.url, cookie, 6)
  const others = keepWallets()
  onTestFinished(async () => {
    await others.stop()
    await fans.stop()
  })
  await expect.poll(() => paceOf(aware), patience).toBeLessThan(calmPace * 0.6)
  const before = [await admittedOf(aware), await admittedOf(unaware)]
  await expect.poll(() => paceOf(aware), patience).toBeLessThan(calmPace * 0.3)
  const after = [await admittedOf(aware), await admittedOf(unaware)]
  const lowest = await paceOf(aware)
  expect(lowest).toBeGreaterThanOrEqual(floorPerMinute)
  const { why } = (await readAdmissionPace(deps, aware)).current ?? {}
  expect(['latency', 'pool', 'settling']).toContain(why)
  // the harm without it: the same servers, as slow as that, get ten times as many fans and more
  const came = after.map((count, at) => count - (before[at] ?? 0))
  expect(came[1]).toBeGreaterThan(10 * (came[0] ?? 0))

  await others.stop()
  await expect.poll(() => paceOf(aware), patience).toBeGreaterThan(lowest + 60)
  expect((await readAdmissionPace(deps, aware)).current?.why).toBe('rising')
})
