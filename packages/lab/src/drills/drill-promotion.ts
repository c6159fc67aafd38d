import { setTimeout as sleep } from 'node:timers/promises'
import { nowMs } from '@greenroom/crowd'
import { joinCommits, readCommit, startReplica } from '@greenroom/stack'
import { describeMachine } from '../report/machine.ts'
import { startWorld } from '../world/start-world.ts'
import { ackedPayments, findLost, startDrillCrowd } from './drill-crowd.ts'
import type { DrillOptions, DrillReport } from './drill-report.ts'
import { moveToPostgres } from './moved-world.ts'

/**
 * Kills the Postgres that writes, under load, and promotes the replica that confirms each commit. Everything acknowledged must
 * be there, and everything goes on at the same address.
 */
export async function drillPromotion({ fans, seconds, say }: DrillOptions): Promise<DrillReport> {
  const commit = readCommit()
  const world = await startWorld({ hasSmallDisks: false })
  const replica = await startReplica(world.postgres.server, { isConfirming: 'on' })
  try {
    const crowd = await startDrillCrowd(world, fans, 'promotion')
    await sleep(seconds * 1_000)
    const killedAtMs = nowMs()
    await world.postgres.stopImmediately('SIGKILL')
    say('the primary is dead')
    await replica.promote()
    const promotedAtMs = nowMs()
    const { moved, end } = moveToPostgres(world, replica)
    say(`the replica writes after ${Math.round(promotedAtMs - killedAtMs)} ms`)
    await sleep(seconds * 1_000)
    const violations = await crowd.check(moved, world.redis.lostAtMs)
    const acked = ackedPayments(crowd.events)
    const lost = await findLost(moved.postgres, acked)
    const after = acked.filter(({ startMs }) => startMs > killedAtMs)
    const firstMs = Math.min(...after.map(({ endMs }) => endMs)) - killedAtMs
    const unknown = crowd.events.filter(({ outcome, endMs }) => outcome === 'unknown' && endMs > killedAtMs)
    await crowd.dismiss()
    await end()
    return {
      name: 'promotion',
      says: 'kill -9 of the primary under load; the replica that confirms each commit is promoted',
      commit: joinCommits(commit, readCommit()),
      machine: describeMachine(),
      finishedAt: new Date().toISOString(),
      figures: {
        'fans who bought all the time': fans,
        'payments acknowledged before': acked.length - after.length,
        'payments acknowledged after': after.length,
        'acknowledged payments that are lost': lost.length,
        'until the replica writes, ms': Math.round(promotedAtMs - killedAtMs),
        'until the first payment after it is acknowledged, ms': Math.round(firstMs),
        'calls without an answer meanwhile (each is safe to repeat)': unknown.length,
        'violations of any oracle': violations.length,
      },
      violations: [
        ...violations,
        ...lost.map(({ paymentId }) => ({
          oracle: 'nothing-acknowledged-is-lost',
          fault: `payment ${paymentId}`,
        })),
        ...(after.length === 0 ? [{ oracle: 'everything-goes-on', fault: 'nobody paid afterwards' }] : []),
      ],
    }
  } finally {
    await world.stop()
    await replica.stop()
  }
}
