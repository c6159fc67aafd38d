import type { CpuSeconds } from '../machine/measure-stage.ts'

/** Core-seconds of one stage, with what the network adds to the api's part. */
export type Work = { api: number; redis: number; postgres: number }

export type Forecast = {
  machines: number
  /** Cores each part may use. A line is one Redis thread, and all seats of a sale are one Postgres. */
  cores: Work
  seconds: number
  /** Which part is at its limit then. */
  heldBackBy: keyof Work | 'all'
}

/** What an HTTP request costs the api beside the call itself: see decision 20. */
const requestSeconds = 30e-6

/** The work of a stage with each of its calls made over HTTP. */
export function addRequests(cpu: CpuSeconds, calls: number): Work {
  return { api: cpu.node + calls * requestSeconds, redis: cpu.redis, postgres: cpu.postgres }
}

/**
 * The least time a stage can take on machines of so many cores. One machine shares its cores among all parts. From two on Postgres has
 * one machine; Redis has a core, beside Postgres on two machines and on its own from three on; the api has the rest.
 */
export function forecast(work: Work, machines: number, coresEach: number): Forecast {
  if (machines === 1) {
    const cores = { api: coresEach, redis: 1, postgres: coresEach }
    return { machines, cores, ...shareOneMachine(work, coresEach) }
  }
  const cores = {
    api: Math.max(1, machines - 2) * coresEach,
    redis: 1,
    postgres: machines === 2 ? Math.max(1, coresEach - 1) : coresEach,
  }
  const times = (['api', 'redis', 'postgres'] as const).map((part) => ({
    part,
    seconds: work[part] / cores[part],
  }))
  const longest = times.reduce((one, other) => (other.seconds > one.seconds ? other : one))
  return { machines, cores, seconds: longest.seconds, heldBackBy: longest.part }
}

function shareOneMachine(work: Work, cores: number): Pick<Forecast, 'seconds' | 'heldBackBy'> {
  const together = (work.api + work.redis + work.postgres) / cores
  return work.redis > together
    ? { seconds: work.redis, heldBackBy: 'redis' }
    : { seconds: together, heldBackBy: 'all' }
}
