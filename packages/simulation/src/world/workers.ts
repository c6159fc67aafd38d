import { concertId, reservationId } from '@greenroom/contract'
import { admit, expireDueHolds, expireReservations, relayOutbox } from '@greenroom/core'
import { call } from './call.ts'
import { pauseLabel } from '../scheduler.ts'
import type { World } from './world.ts'

/** What comes back every second, as BullMQ's schedulers make it; each may be late, lost or doubled. */
const everyMs = 1_000

/** Plays BullMQ: hands jobs to whichever worker is alive, as unreliably as the run's faults say. */
export function startJobs(world: World, isOver: () => boolean): void {
  const { faults, scheduler, witness } = world
  const concert = concertId.parse(world.settings.concertId)

  const repeat = (run: () => Promise<unknown>): void => {
    const next = (): void => {
      if (isOver()) return
      for (const delayMs of faults.arrivals(faults.roughness.job, 5_000)) post(delayMs, run)
      scheduler.post(undefined, pauseLabel, next, everyMs)
    }
    scheduler.post(undefined, pauseLabel, next, scheduler.random.next() * everyMs)
  }
  const post = (delayMs: number, run: () => Promise<unknown>): void => {
    scheduler.post(undefined, 'a job', () => void run(), Math.max(delayMs, 0.001))
  }
  const tick = async (): Promise<void> => {
    const beganAtMs = scheduler.nowMs()
    const answer = await call(world, 'worker', 'admit', (deps) => admit(deps, { concertId: concert }))
    if (answer.outcome === 'ok') witness.places.noteTick(beganAtMs, scheduler.nowMs())
  }
  repeat(tick)
  repeat(() => call(world, 'worker', 'expireDueHolds', expireDueHolds))
  repeat(() => call(world, 'worker', 'relayOutbox', relayOutbox))

  world.onJob(({ data, delayMs }) => {
    const ids = data.reservationIds.map((id) => reservationId.parse(id))
    const expire = () => call(world, 'worker', 'expireReservations', (deps) => expireReservations(deps, ids))
    for (const lateMs of faults.arrivals(faults.roughness.job, 20_000)) {
      // one in ten of a rough run comes early, as by a clock that is wrong
      const isEarly = scheduler.random.chance(faults.roughness.job / 5)
      post(isEarly ? delayMs * scheduler.random.next() : delayMs + lateMs, expire)
    }
  })
}
