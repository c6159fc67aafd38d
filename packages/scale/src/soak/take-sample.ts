import { readdirSync } from 'node:fs'
import type { TestProcesses } from '@greenroom/stack'
import type { Servers } from '../machine/open-servers.ts'
import { readUsage } from '../machine/process-usage.ts'

/** What may grow, and how much of it is as good as none. */
export const measures = {
  'api, MiB': { relative: 0.1, absolute: 16 },
  'gateway, MiB': { relative: 0.1, absolute: 16 },
  'worker, MiB': { relative: 0.1, absolute: 16 },
  'api, open files and sockets': { relative: 0, absolute: 20 },
  'gateway, open files and sockets': { relative: 0, absolute: 20 },
  'worker, open files and sockets': { relative: 0, absolute: 20 },
  'Redis, MiB': { relative: 0.1, absolute: 2 },
  'Redis, keys': { relative: 0.05, absolute: 50 },
  'Redis, clients': { relative: 0, absolute: 20 },
  'Postgres, connections': { relative: 0, absolute: 10 },
  'Postgres, dead rows beyond what autovacuum leaves': { relative: 0.1, absolute: 1_000 },
  'Postgres, changes not yet published': { relative: 0, absolute: 100 },
} as const satisfies Record<string, { relative: number; absolute: number }>

export type Measure = keyof typeof measures
export type Sample = Record<Measure, number>

const mebibyte = 2 ** 20

/** One look at everything. */
export async function takeSample(servers: Servers, apps: TestProcesses): Promise<Sample> {
  const info = await servers.deps.redis.info()
  const field = (name: string): number => Number(new RegExp(`^${name}:(\\d+)`, 'm').exec(info)?.[1])
  const [postgres] = await servers.query<{ connections: number; dead: number; unpublished: number }>(
    `select (select count(*)::int from pg_stat_activity where datname = current_database()) as connections,
            -- a table is vacuumed when it has more dead rows than autovacuum's threshold and scale allow
            (select coalesce(sum(greatest(0, n_dead_tup - 50 - 0.2 * n_live_tup)), 0)::float8 from pg_stat_user_tables) as dead,
            (select count(*)::int from outbox) as unpublished`,
  )
  const memory = (pid: number): number => readUsage(pid).residentBytes / mebibyte
  const files = (pid: number): number => readdirSync(`/proc/${pid}/fd`).length
  const [api, gateway, worker] = [apps.api.pid(), apps.gateway.pid(), apps.worker.pid()]
  return {
    'api, MiB': memory(api),
    'gateway, MiB': memory(gateway),
    'worker, MiB': memory(worker),
    'api, open files and sockets': files(api),
    'gateway, open files and sockets': files(gateway),
    'worker, open files and sockets': files(worker),
    'Redis, MiB': field('used_memory') / mebibyte,
    'Redis, keys': await servers.deps.redis.dbsize(),
    'Redis, clients': field('connected_clients'),
    'Postgres, connections': postgres?.connections ?? Number.NaN,
    'Postgres, dead rows beyond what autovacuum leaves': postgres?.dead ?? Number.NaN,
    'Postgres, changes not yet published': postgres?.unpublished ?? Number.NaN,
  }
}
