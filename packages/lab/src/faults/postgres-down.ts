import { type Fault, overAtOnce } from './fault.ts'
import { imposeTrouble } from './impose-trouble.ts'

export const postgresStopped: Fault = {
  name: 'postgres-stopped',
  says: 'Postgres ends at once, by SIGQUIT (immediate) or SIGKILL, and recovers',
  weight: 3,
  start: async ({ postgres }, random) => {
    const signal = random.chance(0.5) ? 'SIGQUIT' : 'SIGKILL'
    if (!(await postgres.stopImmediately(signal))) return undefined
    return { says: `${signal} of Postgres`, stop: postgres.bringUp }
  },
}

export const postgresFrozen: Fault = {
  name: 'postgres-frozen',
  says: 'SIGSTOP of every process of Postgres, and SIGCONT',
  weight: 3,
  start: async ({ postgres }) => {
    const thaw = postgres.freeze()
    return thaw && { says: 'SIGSTOP of Postgres', stop: async () => thaw() }
  },
}

export const backendsTerminated: Fault = {
  name: 'backends-terminated',
  says: 'pg_terminate_backend of a part of all connections of the product, whatever they do',
  weight: 6,
  start: async ({ postgres }, random) => {
    const ended = await postgres.endBackends(0.2 + 0.8 * random.next())
    return ended === 0 ? undefined : { says: `${ended} backends terminated`, stop: overAtOnce }
  },
}

export const postgresSlow: Fault = {
  name: 'postgres-slow',
  says: 'Postgres answers everybody late',
  weight: 3,
  isGentle: true,
  start: async ({ apps }, random) => {
    const ms = random.between(2, 40)
    const lines = apps.map((app) => app.postgres.proxy)
    return { says: `Postgres ${2 * ms} ms away`, ...(await imposeTrouble(lines, { kind: 'delay', ms })) }
  },
}

export const diskFull: Fault = {
  name: 'disk-full',
  says: 'the disk under the tables that grow is full',
  weight: 3,
  isPossible: ({ postgres }) => postgres.hasDisk('tables'),
  start: async ({ postgres }) => {
    const free = postgres.fillDisk('tables')
    return free && { says: 'not a byte free', stop: free }
  },
}

export const logDiskFull: Fault = {
  name: 'log-disk-full',
  says: 'the disk under the write-ahead log is full: Postgres ends, and cannot even recover before there is room',
  weight: 1,
  isPossible: ({ postgres }) => postgres.hasDisk('log'),
  start: async ({ postgres }) => {
    const free = postgres.fillDisk('log')
    if (free === undefined) return undefined
    if (!(await postgres.endLogSegment())) {
      await free()
      return undefined
    }
    return {
      says: 'not a byte free for the next segment',
      stop: async () => {
        await free()
        await postgres.revive()
      },
    }
  },
}
