import { appUrlOf } from '../app-login.ts'
import { readStackEnv } from '../env.ts'
import type { Child } from '../spawn-child.ts'
import { keepLogs } from './keep-logs.ts'
import { type AppName, appCommands, type AppSettings, appEnv, startApp } from '../start-app.ts'
import { busyCallers } from './busy-callers.ts'

/**
 * Starts one api, gateway or worker beside others: any number of each, every one with settings of its own. Resolves when
 * the process exists; nothing waits for it to be ready and nothing starts it again. `env` is put on top. A database's owner URL
 * becomes the one of the processes' login.
 */
export async function spawnApp(
  name: AppName,
  settings: AppSettings,
  options: { env?: Record<string, string>; onLine: (line: string) => void },
): Promise<Child> {
  const own = { ...settings, databaseUrl: appUrlOf(settings.databaseUrl) }
  const env = { ...appEnv(readStackEnv(), own), SEED: 'none', ...busyCallers, ...options.env }
  const keep = keepLogs(name)
  return await startApp(appCommands[name], env, (line) => {
    keep(line)
    options.onLine(line)
  })
}
