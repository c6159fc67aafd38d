import type { Contracts } from './contracts.ts'
import type { StackEnv } from './env.ts'
import { entryFiles, repositoryRoot } from './repository.ts'
import { type Child, spawnChild } from './spawn-child.ts'

export type AppName = 'api' | 'gateway' | 'worker'

/** What each of the three processes is told. */
export type AppSettings = {
  /** of the login that owns nothing */
  databaseUrl: string
  redisUrl: string
  host: string
  port: number
  gatewayPort: number
  secret: string
  publicOrigin: string
  contracts: Contracts
  webhooksAllowPrivate: boolean
  dataPlatformDir: string
}

/** The settings as the environment the processes read. */
export function appEnv(base: StackEnv, settings: AppSettings): NodeJS.ProcessEnv {
  return {
    // these two are what goes without saying; whoever says otherwise is heard
    WEBHOOKS_ALLOW_PRIVATE: String(settings.webhooksAllowPrivate),
    DATA_PLATFORM_DIR: settings.dataPlatformDir,
    ...base.all,
    NODE_ENV: 'production',
    DATABASE_URL: settings.databaseUrl,
    // whatever we were told: migrating alone may know it
    DATABASE_OWNER_URL: undefined,
    REDIS_URL: settings.redisUrl,
    LISTEN_HOST: settings.host,
    PORT: String(settings.port),
    GATEWAY_PORT: String(settings.gatewayPort),
    SECRET: settings.secret,
    PUBLIC_ORIGIN: settings.publicOrigin,
    CONTRACTS: settings.contracts,
  }
}

/**
 * The arguments to Node for each of them. What is new in a gateway dies at once or is a connection that stays, so a small
 * nursery serves it as well as a large one; while a crowd of 5,000 arrives V8 would let it grow by 10 KiB a connection. What is new
 * in an api lives as long as a call, which waits for Redis, Postgres or its turn: each collection copies all calls under way, so fewer of
 * them cost less. With 64 MiB instead of 16 there are 133 instead of 225 for the same 60,000 joins, which takes 8 to 15 % off a join, for 45 MiB.
 */
export const appCommands: Record<AppName, string[]> = {
  api: ['--max-semi-space-size=64', entryFiles.api],
  gateway: ['--max-semi-space-size=4', entryFiles.gateway],
  worker: [entryFiles.worker],
}

/** Starts api, gateway or worker on this same Node. SIGTERM asks it to drain; it has 10 s. */
export async function startApp(
  args: string[],
  env: NodeJS.ProcessEnv,
  onLine: (line: string) => void,
): Promise<Child> {
  return await spawnChild({
    command: process.execPath,
    args,
    cwd: repositoryRoot,
    env,
    stopSignal: 'SIGTERM',
    stopTimeoutMs: 10_000,
    onLine,
  })
}
