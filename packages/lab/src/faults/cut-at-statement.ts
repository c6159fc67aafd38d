import { type Fault, overAtOnce } from './fault.ts'
import { drawMoment } from './kill-at-statement.ts'

const patienceMs = 2_000

export const cutAtStatement: Fault = {
  name: 'cut-at-statement',
  says: 'the connection is cut when a named statement is sent, or when its answer is there',
  weight: 10,
  start: async (world, random) => {
    const app = random.pick(world.apps)
    const moment = drawMoment(app, random)
    const isSprung = await app.postgres.moments.spring({ moment, act: () => undefined }, patienceMs)
    if (!isSprung) return undefined
    return { says: `${app.name}: cut, ${moment.name} ${moment.at}`, stop: overAtOnce }
  },
}
