import { z } from 'zod'

const settings = z.object({
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  REDIS_URL: z.url({ protocol: /^rediss?$/ }),
  /** The root of every signing key. Whoever knows it can forge passes. */
  SECRET: z.string().min(16),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  DATABASE_POOL_SIZE: z.coerce.number().int().min(1).max(200).default(10),
})

export type CoreSettings = {
  databaseUrl: string
  redisUrl: string
  secret: string
  logLevel: z.infer<typeof settings>['LOG_LEVEL']
  databasePoolSize: number
}

/** What every process of the product needs, read once at its start; refuses with a message that names the variable. */
export function readCoreSettings(env: NodeJS.ProcessEnv = process.env): CoreSettings {
  const parsed = settings.parse(env)
  return {
    databaseUrl: parsed.DATABASE_URL,
    redisUrl: parsed.REDIS_URL,
    secret: parsed.SECRET,
    logLevel: parsed.LOG_LEVEL,
    databasePoolSize: parsed.DATABASE_POOL_SIZE,
  }
}

/** For commands that touch the database alone, such as migrating. */
export function readDatabaseUrl(env: NodeJS.ProcessEnv = process.env): string {
  return settings.shape.DATABASE_URL.parse(env.DATABASE_URL)
}
