import { z } from 'zod'
import { luaScript } from '../platform/lua-script.ts'
import type { RedisConnection } from '../platform/redis.ts'
import { type LoadReport, loadReport } from './load-report.ts'

const reportScript = luaScript(new URL('./lua/report.lua', import.meta.url))
const readScript = luaScript(new URL('./lua/read.lua', import.meta.url))

/** One key for all processes: a Redis Cluster has no way to ask for keys by a pattern. */
const loadKey = 'load:apis'
/** Five reports: one that is late or lost makes no process vanish. */
const reportGoodForMs = 5_000
/** A kilobyte each. */
const mostProcesses = 256

/** Keeps the report beside those of other processes; false when there are too many of them. Safe to repeat. */
export async function writeReport(
  redis: RedisConnection,
  processId: string,
  report: LoadReport,
): Promise<boolean> {
  const args = [processId, JSON.stringify(report), reportGoodForMs, mostProcesses]
  return (await reportScript(redis, [loadKey], args)) === 1
}

const readReply = z.tuple([z.number(), z.array(z.string())])

/** The reports of the last five seconds and Redis' clock; one that another version wrote differently is left out. */
export async function readReports(redis: RedisConnection): Promise<{ nowMs: number; reports: LoadReport[] }> {
  const [nowMs, texts] = readReply.parse(await readScript(redis, [loadKey], [reportGoodForMs]))
  return { nowMs, reports: texts.flatMap((text) => loadReport.safeParse(JSON.parse(text)).data ?? []) }
}
