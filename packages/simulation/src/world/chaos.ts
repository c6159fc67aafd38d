import type { Process } from '../processes.ts'
import { type SeatGateway, startSeatGateway } from './seat-gateway.ts'
import type { MapWatcher } from './map-watcher.ts'
import type { World } from './world.ts'

/** The processes of the sale, and what befalls them. */
export type Chaos = {
  /** Asked before every step: now and then something happens. */
  beforeStep: () => void
  /** Nothing happens any more, and everything runs again. */
  calmDown: () => void
  events: () => number
}

const longestAwayMs = 3_000

export function startChaos(world: World, watchers: MapWatcher[]): Chaos {
  const { scheduler, redis, faults, witness } = world
  const { random } = scheduler
  const gateways = new Map<Process, SeatGateway>()
  let isCalm = false
  let events = 0
  let born = 0

  const launch = (kind: Process['kind']): void => {
    born += 1
    const process = world.start(kind, `${kind}-${born}`)
    if (kind === 'gateway') gateways.set(process, startSeatGateway(world, process))
  }
  const connectLost = (): void => {
    const alive = [...gateways.values()].filter(({ process }) => process.isAlive)
    for (const watcher of watchers) {
      if (watcher.gateway()?.process.isAlive === true) continue
      watcher.connect(alive.length === 0 ? undefined : random.pick(alive))
    }
  }
  const soon = (label: string, run: () => void, withinMs: number = longestAwayMs): void => {
    scheduler.post(undefined, label, run, 1 + random.next() * withinMs)
  }
  const kill = (): void => {
    if (world.processes.length === 0) return
    const process = random.pick(world.processes)
    world.crash(process)
    gateways.delete(process)
    connectLost()
    soon('a process is back', () => {
      launch(process.kind)
      connectLost()
    })
  }
  const happenings: (() => void)[] = [
    kill,
    kill,
    kill,
    () => {
      if (world.processes.length > 0)
        scheduler.delay(random.pick(world.processes), random.next() * longestAwayMs)
    },
    () => {
      redis.flushAll()
      witness.seeLoss()
    },
    () => {
      redis.restart({ forgets: random.chance(0.6) })
      witness.seeLoss()
    },
    () => {
      redis.setUp(false)
      soon('Redis answers again', () => redis.setUp(true))
    },
    () => {
      const keys = redis.memory.keys()
      if (keys.length === 0) return
      redis.memory.dropKey(random.pick(keys))
      witness.seeLoss()
    },
    () => {
      if (watchers.length === 0) return
      random.pick(watchers).connect(undefined)
      soon('a socket connects again', connectLost)
    },
  ]

  for (const kind of ['api', 'api', 'worker', 'worker', 'gateway'] as const) launch(kind)
  connectLost()
  return {
    beforeStep: () => {
      if (isCalm || !random.chance(faults.roughness.event)) return
      events += 1
      random.pick(happenings)()
    },
    calmDown: () => {
      isCalm = true
      faults.calmDown()
      redis.setUp(true)
      for (const kind of ['api', 'worker', 'gateway'] as const) {
        if (!world.processes.some((process) => process.kind === kind)) launch(kind)
      }
      connectLost()
    },
    events: () => events,
  }
}
