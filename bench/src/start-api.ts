import { startProcesses } from '@greenroom/stack'
import type { Stage } from './stage.ts'

export type BenchApi = { port: number; pid: number; close: () => Promise<void> }

/** The real api as a process of its own on the stage's servers. It knows the sessions and passes that the bench signs. */
export async function startApi({ settings }: Stage): Promise<BenchApi> {
  const { databaseUrl, redisUrl, secret } = settings
  const app = await startProcesses({
    databaseUrl,
    redisUrl,
    without: ['gateway', 'worker'],
    env: { SECRET: secret, LOG_LEVEL: 'error' },
  })
  return { port: Number(new URL(app.url).port), pid: app.api.pid(), close: app.stop }
}
