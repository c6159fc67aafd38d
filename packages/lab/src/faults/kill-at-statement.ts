import type { Moment } from '../proxy/moments.ts'
import type { Random } from '../seeded-random.ts'
import type { App } from '../world/app.ts'
import { readStatementNames } from '../world/script-names.ts'
import type { Fault } from './fault.ts'

/** A statement that is not sent within this time is not waited for. */
const patienceMs = 2_000

export const killAtStatement: Fault = {
  name: 'kill-at-statement',
  says: 'kill -9 of a process when it sends a named statement or COMMIT, or when the answer is there',
  weight: 10,
  startsProcesses: true,
  start: async (world, random) => {
    const app = random.pick(world.apps)
    const moment = drawMoment(app, random)
    let isKilled = false
    const act = (): void => {
      isKilled = app.kill()
    }
    await app.postgres.moments.spring({ moment, act }, patienceMs)
    if (!isKilled) return undefined
    return { says: `kill -9 ${app.name}, ${moment.name} ${moment.at}`, stop: () => app.bringUp() }
  },
}

/** COMMIT more often than each of the others, and of those what this process does send. */
export function drawMoment(app: App, random: Random): Moment {
  const known = readStatementNames()
  const sent = known.filter((name) => app.postgres.moments.seen.has(name))
  const name = sent.length === 0 || random.chance(0.3) ? 'commit' : random.pick(sent)
  return { name, at: random.chance(0.5) ? 'sent' : 'answered' }
}
