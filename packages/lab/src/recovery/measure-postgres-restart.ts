import { randomUUID } from 'node:crypto'
import { signUpLabFans } from '../fans/lab-fan.ts'
import { createRandom } from '../seeded-random.ts'
import type { World } from '../world/start-world.ts'
import type { RecoveryMeasurement } from './recovery-figures.ts'
import { timeUntil } from './until.ts'

/** Kill -9 of Postgres, started again at once: until money can be charged through each api. */
export async function measurePostgresRestart(world: World): Promise<RecoveryMeasurement> {
  const fans = await signUpLabFans(world, createRandom('postgres'), 8)
  await world.postgres.stopImmediately('SIGKILL')
  const beganMs = performance.now()
  const up = world.postgres.bringUp()
  const server = timeUntil(
    'Postgres itself',
    async () => (await world.postgres.query('select 1')).length === 1,
  )
  const everybody = Promise.all(
    fans.map((fan) =>
      timeUntil('a charge', async () => {
        await fan.greenroom.api.wallet.charge.mutate({ amountMinor: 1_000, idempotencyKey: randomUUID() })
        return true
      }),
    ),
  )
  const [, serverMs, eachMs] = await Promise.all([up, server, everybody])
  return {
    name: 'postgres-restart',
    says: 'kill -9 of Postgres, started again at once: every fan can charge',
    tookMs: Math.max(...eachMs),
    floor: { says: 'Postgres answers, after its own recovery', tookMs: serverMs },
    details: {
      fans: fans.length,
      firstMs: Math.min(...eachMs),
      allMs: Math.round(performance.now() - beganMs),
    },
  }
}
