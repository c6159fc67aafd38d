import { spawnSync } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { nowMs } from '@greenroom/crowd'
import { backUpPostgres, backUpRedis, joinCommits, readCommit } from '@greenroom/stack'
import { Redis } from 'ioredis'
import { runSqlOracles } from '../checks/run-sql-oracles.ts'
import { describeMachine } from '../report/machine.ts'
import { startWorld } from '../world/start-world.ts'
import { ackedPayments, findLost, startDrillCrowd } from './drill-crowd.ts'
import type { DrillOptions, DrillReport } from './drill-report.ts'
import { moveToPostgres } from './moved-world.ts'

/**
 * Copies Postgres and Redis under load, loses both and every process a while later, and goes on from the copies on new servers.
 * What was acknowledged before the copy was whole must be there, and a new crowd must be able to buy.
 */
export async function drillBackup({ fans, seconds, say }: DrillOptions): Promise<DrillReport> {
  const commit = readCommit()
  const world = await startWorld({ hasSmallDisks: false })
  const stops: (() => Promise<unknown>)[] = []
  try {
    const crowd = await startDrillCrowd(world, fans, 'before')
    await sleep(seconds * 1_000)
    const beganMs = nowMs()
    const postgres = await backUpPostgres(world.postgres.server)
    const redis = await backUpRedis(world.redis.server)
    const copiedMs = nowMs() - beganMs
    say(`copied under load in ${Math.round(copiedMs)} ms`)
    await sleep(seconds * 1_000)

    for (const app of world.apps) app.kill()
    await Promise.all([world.postgres.stopImmediately('SIGKILL'), world.redis.kill()])
    const lostAtMs = nowMs()
    say('everything is dead; the copies are started')
    const [newPostgres, newRedis] = await Promise.all([postgres.restore(), redis.restore()])
    stops.push(newPostgres.stop, newRedis.stop)
    const serversMs = nowMs() - lostAtMs
    const { moved, end } = moveToPostgres(world, newPostgres)
    world.aim({ redis: newRedis.port })
    const client = new Redis(newRedis.url)
    stops.push(end, () => Promise.resolve(client.disconnect()))
    const restored = { ...moved, redis: { ...world.redis, client, url: newRedis.url, port: newRedis.port } }
    await Promise.all(world.apps.map((app) => app.bringUp()))
    const readyMs = nowMs() - lostAtMs
    say(`servers after ${Math.round(serversMs)} ms, all processes after ${Math.round(readyMs)} ms`)
    await crowd.dismiss()

    const acked = ackedPayments(crowd.events)
    const before = acked.filter(({ endMs }) => endMs <= postgres.wholeAtMs)
    const after = acked.filter(({ endMs }) => endMs > postgres.wholeAtMs && endMs <= lostAtMs)
    const lost = await findLost(restored.postgres, before)
    const lostAfter = await findLost(restored.postgres, after)
    const broken = await runSqlOracles(restored.postgres)
    const next = await startDrillCrowd(restored, fans, 'after')
    await sleep(seconds * 1_000)
    const violations = [...broken, ...(await next.check(restored, [lostAtMs, nowMs()]))]
    const bought = ackedPayments(next.events).length
    await next.dismiss()
    return {
      name: 'backup',
      says: 'Postgres and Redis are copied under load; both and every process are lost; new servers go on from the copies',
      commit: joinCommits(commit, readCommit()),
      machine: describeMachine(),
      finishedAt: new Date().toISOString(),
      figures: {
        'fans who bought all the time': fans,
        'copying Postgres and Redis under load, ms': Math.round(copiedMs),
        'the copy of Postgres, MiB': sizeOfMib(postgres.folder),
        'the copy of Redis, MiB': sizeOfMib(redis.folder),
        'payments acknowledged before the copy was whole': before.length,
        'of them lost': lost.length,
        'payments acknowledged after it, until all was lost': after.length,
        'of them lost, as must be expected of a copy': lostAfter.length,
        'until Postgres and Redis answer again, ms': Math.round(serversMs),
        'until every process is ready again, ms': Math.round(readyMs),
        'payments by a new crowd afterwards': bought,
        'violations of any oracle': violations.length,
      },
      violations: [
        ...violations,
        ...lost.map(({ paymentId }) => ({
          oracle: 'nothing-before-the-copy-is-lost',
          fault: `payment ${paymentId}`,
        })),
        ...(bought === 0 ? [{ oracle: 'everything-goes-on', fault: 'nobody paid afterwards' }] : []),
        ...(before.length === 0 ? [{ oracle: 'the-drill-drills', fault: 'nobody paid before' }] : []),
      ],
    }
  } finally {
    await world.stop()
    for (const stop of stops) await stop()
  }
}

function sizeOfMib(folder: string): number {
  return Number(spawnSync('du', ['-sm', folder], { encoding: 'utf8' }).stdout.split('\t')[0])
}
