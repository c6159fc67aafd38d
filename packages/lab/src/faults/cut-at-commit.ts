import { type Fault, overAtOnce } from './fault.ts'

const patienceMs = 2_000

export const cutAtCommit: Fault = {
  name: 'cut-at-commit',
  says: 'the connection is cut between COMMIT, which Postgres carries out, and its reply',
  weight: 16,
  start: async (world, random) => {
    const app = random.pick(world.apps.filter(({ kind }) => kind !== 'gateway'))
    const moment = { name: 'commit', at: 'answered' as const }
    const isSprung = await app.postgres.moments.spring({ moment, act: () => undefined }, patienceMs)
    return isSprung ? { says: `${app.name}: committed, and not told`, stop: overAtOnce } : undefined
  },
}
