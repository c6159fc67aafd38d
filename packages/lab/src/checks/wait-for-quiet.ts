import { setTimeout as sleep } from 'node:timers/promises'
import { checkMaps, type Violation } from '@greenroom/oracles'
import type { Stage } from '../fans/stage.ts'
import type { Watcher } from '../fans/watch-maps.ts'
import type { World } from '../world/start-world.ts'
import { describeUnrest } from './describe-unrest.ts'
import { labViolation } from './lab-oracles.ts'
import { readShows } from './read-season-state.ts'

/** After faults everything that was under way ends by itself: a silent gateway is doubted after 12 s, and this is well beyond. */
const patienceMs = 30_000
const lookEveryMs = 100

/**
 * Waits until all is quiet after the fans stand still: everything published, no hold past its time, no job waiting, and every
 * map as the database is. What is not so in the end is a violation. Answers how many maps were compared.
 */
export async function waitForQuiet(
  world: World,
  stage: Stage,
  watchers: readonly Watcher[],
): Promise<{ maps: number; violations: Violation[] }> {
  for (const endMs = performance.now() + patienceMs; ; await sleep(lookEveryMs)) {
    const unrest = await findUnrest(world)
    const { maps, violations } = await compareMaps(world, stage, watchers)
    if (unrest.length === 0 && violations.length === 0) return { maps, violations: [] }
    if (performance.now() < endMs) continue
    const restless = unrest.map((fault) =>
      labViolation('all-becomes-quiet', `${fault}, ${patienceMs / 1_000} s after everything was mended`),
    )
    const why = unrest.length === 0 ? [] : await describeUnrest(world)
    return {
      maps,
      violations: [
        ...restless,
        ...why.map((fault) => labViolation('all-becomes-quiet', fault)),
        ...violations,
      ],
    }
  }
}

async function findUnrest({ postgres, redis }: World): Promise<string[]> {
  const [row] = await postgres.query<{ unpublished: number; unnumbered: number; overdue: number }>(
    `select (select count(*) from outbox)::integer as unpublished,
            (select count(*) from events where position is null)::integer as unnumbered,
            (select count(*) from reservations where state = 'HELD' and held_until <= now())::integer as overdue`,
  )
  const waiting: string[] = []
  for (const key of await redis.client.keys('{jobs}:*:wait')) {
    const count = await redis.client.llen(key)
    if (count > 0) waiting.push(`${count} jobs wait in ${key}`)
  }
  return [
    ...((row?.unpublished ?? 0) > 0 ? [`${row?.unpublished} seat changes are not published`] : []),
    ...((row?.unnumbered ?? 0) > 0 ? [`${row?.unnumbered} events have no position`] : []),
    ...((row?.overdue ?? 0) > 0 ? [`${row?.overdue} holds are past their time`] : []),
    ...waiting,
  ]
}

async function compareMaps(
  world: World,
  stage: Stage,
  watchers: readonly Watcher[],
): Promise<{ maps: number; violations: Violation[] }> {
  const shows = await readShows(
    world.postgres,
    stage.sales.flatMap((sale) => sale.shows.map(({ showId }) => showId)),
  )
  const maps = watchers.flatMap((watcher) => watcher.readMap() ?? [])
  return { maps: maps.length, violations: checkMaps(maps, { shows }) }
}
