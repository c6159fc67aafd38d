import { parseArgs } from 'node:util'
import { createDemoDatabase, startPrivatePostgres, startPrivateRedis } from '@greenroom/stack'
import { runRolling } from './run-rolling.ts'

/** `pnpm rolling`: every process of a fleet is restarted while fans act; ends with 1 when one of them was not answered. */
const { values } = parseArgs({ options: { fans: { type: 'string', default: '50' } } })
const fans = Number(values.fans)
if (!Number.isInteger(fans) || fans < 1 || fans > 500) throw new Error('--fans is a number from 1 to 500')

const [postgres, redis] = await Promise.all([startPrivatePostgres(), startPrivateRedis()])
try {
  const { url } = await createDemoDatabase(postgres.url)
  const say = (line: string): void => void process.stdout.write(`${line}\n`)
  const report = await runRolling({ databaseUrl: url, redisUrl: redis.url, fans, say })
  for (const failure of [...report.failures, ...report.broken]) say(failure)
  say(
    `${report.fans} fans, ${report.actions} actions answered, ${report.repeated} of them repeated, ${report.failures.length} failed, ${report.broken.length} rules broken`,
  )
  const isClean = report.restarts.every(({ exitCode }) => exitCode === 0)
  process.exitCode = isClean && report.failures.length + report.broken.length === 0 ? 0 : 1
} finally {
  await Promise.all([postgres.stop(), redis.stop()])
}
process.exit()
