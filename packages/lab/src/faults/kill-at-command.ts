import type { Fault } from './fault.ts'

const patienceMs = 2_000

export const killAtCommand: Fault = {
  name: 'kill-at-command',
  says: 'kill -9 of a process when it sends Redis a command or script, or when the answer is there',
  weight: 4,
  startsProcesses: true,
  start: async (world, random) => {
    const app = random.pick(world.apps)
    const names = [...app.redis.moments.seen.keys()]
    if (names.length === 0) return undefined
    const moment = {
      name: random.pick(names),
      at: random.chance(0.5) ? ('sent' as const) : ('answered' as const),
    }
    let isKilled = false
    const act = (): void => {
      isKilled = app.kill()
    }
    await app.redis.moments.spring({ moment, act }, patienceMs)
    if (!isKilled) return undefined
    return { says: `kill -9 ${app.name}, Redis ${moment.name} ${moment.at}`, stop: () => app.bringUp() }
  },
}
