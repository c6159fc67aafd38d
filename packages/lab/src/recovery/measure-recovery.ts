import { joinCommits, readCommit } from '@greenroom/stack'
import { startWorld, type World, type WorldOptions } from '../world/start-world.ts'
import { measureApiLoss } from './measure-api-loss.ts'
import { measureEmptyRedis } from './measure-empty-redis.ts'
import { measureGatewayLoss } from './measure-gateway-loss.ts'
import { measurePostgresRestart } from './measure-postgres-restart.ts'
import type { RecoveryFigures, RecoveryMeasurement } from './recovery-figures.ts'

/** Measures each way of being well again, one after the other, each in a world of its own. */
export async function measureRecovery(say: (line: string) => void): Promise<RecoveryFigures> {
  const commit = readCommit()
  const measurements: RecoveryMeasurement[] = []
  const measure = async (
    work: (world: World) => Promise<RecoveryMeasurement>,
    options?: WorldOptions,
  ): Promise<void> => {
    const world = await startWorld(options)
    try {
      const measured = await work(world)
      say(`${measured.name}: ${(measured.tookMs / 1_000).toFixed(2)} s ${JSON.stringify(measured.details)}`)
      measurements.push(measured)
    } finally {
      await world.stop()
    }
  }
  await measure(measurePostgresRestart)
  await measure(measureApiLoss)
  await measure(measureGatewayLoss)
  await measure(measureEmptyRedis, { contracts: 'open' })
  return {
    commit: joinCommits(commit, readCommit()),
    seed: null,
    // what does not become well again in time makes the whole of it fail, and leaves nothing
    violations: 0,
    measuredAt: new Date().toISOString(),
    measurements,
  }
}
