import type { Servers } from './open-servers.ts'
import { readUsage } from './process-usage.ts'

/** Seconds of a core, by who used them. */
export type CpuSeconds = { node: number; redis: number; postgres: number }

/** One stage of a run: how long it took by the clock, and of the cores. */
export type StageUsage = { seconds: number; cpu: CpuSeconds }

/** Does `work` and tells what it cost this process and its two servers. */
export async function measureStage<T>(
  servers: Servers,
  work: () => Promise<T>,
): Promise<{ result: T; usage: StageUsage }> {
  const before = readCpu(servers)
  const beganMs = performance.now()
  const result = await work()
  const seconds = (performance.now() - beganMs) / 1_000
  const after = readCpu(servers)
  return {
    result,
    usage: {
      seconds,
      cpu: {
        node: after.node - before.node,
        redis: after.redis - before.redis,
        postgres: after.postgres - before.postgres,
      },
    },
  }
}

function readCpu({ redisPid, postgresPid }: Servers): CpuSeconds {
  const { user, system } = process.cpuUsage()
  return {
    node: (user + system) / 1e6,
    redis: readUsage(redisPid()).cpuSeconds,
    postgres: readUsage(postgresPid()).cpuSeconds,
  }
}
