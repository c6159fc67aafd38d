import { setTimeout as sleep } from 'node:timers/promises'
import { holdSeats, openQueue } from '@greenroom/core'
import { startProcesses, type TestProcesses } from '@greenroom/stack'
import { lookAtMaps } from './fan-calls.ts'
import { runInFlight } from './in-flight.ts'
import { atOnce, type Effort } from './operation.ts'
import { type BenchShow, type InsideFan, letIn, openSale } from './sale.ts'
import type { Stage } from './stage.ts'
import { startTold, type Told } from './watchers-child.ts'
import { machineMs } from './watchers-messages.ts'
import { gatewayAddress, greetingsOf } from './watchers-stage.ts'

const holdsPerFan = 4
const watcherCount = 100

export type Room = {
  stage: Stage
  app: TestProcesses
  crowd: Told
  watchers: number
  fans: InsideFan[]
  show: BenchShow
  /** Whose seats the other requests hold. */
  otherShow: BenchShow
  /** How many of them there were. */
  asked: number
  /** 1, or less where it only matters that everything runs. */
  pace: number
}

/** A sale with all its processes, somebody inside, and some who watch the show whose holds will end. */
export async function openRoom(
  stage: Stage,
  count: number,
  effort: Effort,
): Promise<{ room: Room; close: () => Promise<void> }> {
  const { deps, settings } = stage
  const { concertId, shows } = await openSale(deps, {
    seatCount: count,
    showCount: 2,
    capacity: 1_000_000,
  })
  const [show, otherShow] = shows
  if (show === undefined || otherShow === undefined) throw new Error('two shows were asked for')
  const fans = await letIn(deps, concertId, Math.ceil(count / holdsPerFan))
  const app = await startProcesses({
    databaseUrl: settings.databaseUrl,
    redisUrl: settings.redisUrl,
    env: { SECRET: settings.secret, LOG_LEVEL: 'error' },
  })
  const crowd = await startTold('./watchers-crowd.ts')
  const close = async (): Promise<void> => {
    await Promise.all([app.stop(), crowd.close()])
  }
  try {
    const watching = fans.slice(0, Math.max(2, Math.ceil(watcherCount * effort.share)))
    await crowd.tell({
      open: {
        ...gatewayAddress(app.gatewayUrl),
        count: watching.length,
        greetings: greetingsOf(deps, show.showId, watching),
      },
    })
    const apiPort = Number(new URL(app.url).port)
    await lookAtMaps(deps, apiPort, fans[0], [show.showId, otherShow.showId])
    return {
      room: {
        stage,
        app,
        crowd,
        watchers: watching.length,
        fans,
        show,
        otherShow,
        asked: 0,
        pace: Math.max(0.1, effort.share),
      },
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

/** Takes that many seats of the show, one a hold. */
export async function holdAll({ stage, fans, show }: Room, count: number): Promise<void> {
  const wishes = show.seatIds.slice(0, count).flatMap((seatId, at) => {
    const fan = fans[at % fans.length]
    return fan === undefined ? [] : [{ ...fan, showId: show.showId, seatIds: [seatId] }]
  })
  const held = await runInFlight(wishes, { atOnce, maxMs: 120_000 }, async (wish) => {
    await holdSeats(stage.deps, wish)
  })
  if (held.succeeded < count)
    throw new Error(`only ${held.succeeded} of ${count} seats were held: ${held.failure}`)
}

/** Moves the end of all holds of the show, and the jobs that wait for it, to `inMs` from now; answers when, by our clock. */
export async function endAllAt({ stage: { deps }, show }: Room, inMs: number): Promise<number> {
  const queue = openQueue(deps.redis, 'holds')
  const waiting = await queue.getDelayed()
  await deps.db.pool.query(
    `with moved as (update reservations set held_until = now() + $2 * interval '1 ms' where show_id = $1 and state = 'HELD' returning id, held_until)
     update seats set held_until = moved.held_until from moved where seats.reservation_id = moved.id`,
    [show.showId, inMs + 2_000],
  )
  const { rows } = await deps.db.pool.query<{ leftMs: number }>(
    `select (extract(epoch from max(held_until) - clock_timestamp()) * 1000)::float8 as "leftMs" from reservations where show_id = $1 and state = 'HELD'`,
    [show.showId],
  )
  const endMs = machineMs() + (rows[0]?.leftMs ?? 0)
  await Promise.all(waiting.map((job) => job.changeDelay(Math.max(1, Math.round(endMs - machineMs()) + 50))))
  return endMs
}

/** Resolves when nobody holds a seat of the show any more, with how long after `endMs` the last one was let go. */
export async function untilReleased({ stage: { deps }, show }: Room, endMs: number): Promise<number> {
  for (;;) {
    const { rows } = await deps.db.pool.query<{ held: number; agoMs: number }>(
      `select count(*) filter (where state = 'HELD')::int as held,
              (extract(epoch from clock_timestamp() - max(ended_at)) * 1000)::float8 as "agoMs"
       from reservations where show_id = $1`,
      [show.showId],
    )
    const [row] = rows
    if (row?.held === 0) return machineMs() - row.agoMs - endMs
    if (machineMs() - endMs > 30_000) throw new Error(`${row?.held} holds were not given back within 30 s`)
    await sleep(50)
  }
}
