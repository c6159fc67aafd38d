import { join } from 'node:path'
import { z } from 'zod'
import { trustProxy, type TrustProxy } from './caller-address.ts'
import { refuseDemo } from './refuse-demo.ts'
import { readSettings } from './read-settings.ts'
import { isRedisAddress } from './redis-address.ts'
import type { TracingSettings } from './start-tracing.ts'

const settings = z.object({
  /** The login of the processes, which owns no table: see app-login.ts. */
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  /** A streaming replica: concerts, dates and stock are read there while it keeps up. */
  DATABASE_REPLICA_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  /** How far behind it may be. */
  DATABASE_REPLICA_MAX_LAG_MS: z.coerce.number().int().min(100).max(60_000).default(1_000),
  /** One server, or a Redis Cluster: see redis-address.ts. */
  REDIS_URL: z
    .string()
    .refine(isRedisAddress, 'redis:// or rediss://; several with commas between are a Redis Cluster'),
  /** `production` where real fans buy: nothing that a demo takes lightly is taken lightly there. */
  DEPLOYMENT: z.enum(['demo', 'production']).default('demo'),
  /** The root of every signing key. Whoever knows it can forge passes. */
  SECRET: z.string().min(16),
  /**
   * Other secrets, with commas between, whose signatures count as well: the one that comes next while some processes do not sign
   * with it yet, and the ones before until what they signed has ended. See "Changing the secret" in docs/operations.md.
   */
  PREVIOUS_SECRETS: z
    .string()
    .default('')
    .transform((text) => text.split(',').flatMap((each) => each.trim() || []))
    .pipe(z.array(z.string().min(16)).max(3)),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  /** How long a process that was asked to stop goes on as before, not ready: until balancers have noticed. */
  DRAIN_NOTICE_MS: z
    .string()
    .regex(/^\d+$/, 'a number of milliseconds')
    .transform(Number)
    .pipe(z.number().max(60_000))
    .default(0),
  /** Lets who sends it as a bearer token read `/metrics`; without it operators alone do. */
  METRICS_TOKEN: z.string().min(16).optional(),
  /** Of OpenTelemetry's standard variables those that say whether to trace; its SDK reads the others. */
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url().optional(),
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: z.url().optional(),
  OTEL_SDK_DISABLED: z.string().optional(),
  OTEL_SERVICE_NAME: z.string().optional(),
  DATABASE_POOL_SIZE: z.coerce.number().int().min(1).max(200).default(10),
  /** `true`: webhooks may go to http and to private addresses. For a machine of one's own; a server that others reach must not. */
  WEBHOOKS_ALLOW_PRIVATE: z.enum(['true', 'false']).default('false'),
  /** How long an endpoint has to answer. */
  WEBHOOK_TIMEOUT_MS: z.coerce.number().int().min(100).max(10_000).default(10_000),
  /** Where every event goes, too. Without it they are appended to files in `DATA_PLATFORM_DIR`. */
  DATA_PLATFORM_URL: z.url({ protocol: /^https?$/ }).optional(),
  /** Signs what goes to `DATA_PLATFORM_URL`. */
  DATA_PLATFORM_SECRET: z
    .string()
    .regex(/^whsec_[A-Za-z0-9+/]{32,}={0,2}$/, 'whsec_ and at least 24 bytes in base64')
    .optional(),
  DATA_PLATFORM_DIR: z.string().optional(),
  DATA_DIR: z.string().default('.greenroom'),
  /** Where a challenge provider (Turnstile and its like) says whether a proof is one of its own. */
  CHALLENGE_VERIFY_URL: z.url({ protocol: /^https?$/ }).optional(),
  CHALLENGE_SECRET: z.string().optional(),
  /** The page shown to fans in a frame; it posts the proof to its parent. */
  CHALLENGE_WIDGET_URL: z.url({ protocol: /^https?$/ }).optional(),
  /** What every limit of calls a minute is multiplied by. Measuring and testing machines, which are all their callers at once, raise it. */
  RATE_LIMIT_FACTOR: z.coerce.number().min(0.01).max(1_000_000).default(1),
  TRUST_PROXY: trustProxy,
  /** WebSockets and long polls that one address may have open at one process; a mobile network's fans share a few. */
  MAX_SOCKETS_PER_ADDRESS: z.coerce.number().int().min(1).max(1_000_000).default(2_000),
  GREENROOM_MUTANT: z
    .undefined('takes a guard out of a test; no process of the product runs without one')
    .optional(),
})

export type ChallengeProvider = {
  verifyUrl: string
  secret: string
  widgetUrl: string
  /** Whether it may be at a private address: on a machine of one's own alone. */
  allowPrivate: boolean
}

export type CoreSettings = {
  databaseUrl: string
  /** `undefined`: everything is read from the primary. */
  databaseReplica?: { url: string; maxLagMs: number } | undefined
  redisUrl: string
  secret: string
  /** Newest first. */
  previousSecrets?: readonly string[]
  logLevel: z.infer<typeof settings>['LOG_LEVEL']
  databasePoolSize: number
  drainNoticeMs: number
  /** `null`: operators alone read the metrics. */
  metricsToken: string | null
  tracing: TracingSettings
  webhooks: { allowPrivate: boolean; timeoutMs: number }
  dataPlatform: { url: string; secret: string } | { folder: string }
  /** Left out: no line can ask for one. */
  challengeProvider?: ChallengeProvider | undefined
  /** Of calls a minute; 1 when left out. */
  rateLimitFactor?: number
  /** Nobody's when left out. */
  trustProxy?: TrustProxy
  /** At one process; 2,000 when left out. */
  maxSocketsPerAddress?: number
  /**
   * Whether this machine's own addresses are counted like any other: in production, where such a caller is a proxy that TRUST_PROXY does
   * not name, and everybody behind it.
   */
  countsOwnAddresses?: boolean
}

/** What every process of the product needs, read once at its start; refuses with a message that names the variable. */
export function readCoreSettings(env: NodeJS.ProcessEnv = process.env): CoreSettings {
  const parsed = readSettings(settings, env)
  if (parsed.DEPLOYMENT === 'production') refuseDemo(parsed)
  return {
    databaseUrl: parsed.DATABASE_URL,
    ...(parsed.DATABASE_REPLICA_URL === undefined
      ? {}
      : {
          databaseReplica: {
            url: parsed.DATABASE_REPLICA_URL,
            maxLagMs: parsed.DATABASE_REPLICA_MAX_LAG_MS,
          },
        }),
    redisUrl: parsed.REDIS_URL,
    secret: parsed.SECRET,
    previousSecrets: parsed.PREVIOUS_SECRETS,
    logLevel: parsed.LOG_LEVEL,
    databasePoolSize: parsed.DATABASE_POOL_SIZE,
    drainNoticeMs: parsed.DRAIN_NOTICE_MS,
    metricsToken: parsed.METRICS_TOKEN ?? null,
    tracing: readTracing(parsed),
    webhooks: {
      allowPrivate: parsed.WEBHOOKS_ALLOW_PRIVATE === 'true',
      timeoutMs: parsed.WEBHOOK_TIMEOUT_MS,
    },
    dataPlatform: readDataPlatform(parsed),
    challengeProvider: readChallengeProvider(parsed),
    rateLimitFactor: parsed.RATE_LIMIT_FACTOR,
    trustProxy: parsed.TRUST_PROXY,
    maxSocketsPerAddress: parsed.MAX_SOCKETS_PER_ADDRESS,
    countsOwnAddresses: parsed.DEPLOYMENT === 'production',
  }
}

function readTracing(parsed: z.infer<typeof settings>): TracingSettings {
  const endpoint = parsed.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT ?? parsed.OTEL_EXPORTER_OTLP_ENDPOINT
  const isDisabled = parsed.OTEL_SDK_DISABLED?.toLowerCase() === 'true'
  return { isWanted: endpoint !== undefined && !isDisabled, serviceName: parsed.OTEL_SERVICE_NAME }
}

function readDataPlatform(parsed: z.infer<typeof settings>): CoreSettings['dataPlatform'] {
  const { DATA_PLATFORM_URL: url, DATA_PLATFORM_SECRET: secret } = parsed
  if (url === undefined) return { folder: parsed.DATA_PLATFORM_DIR ?? join(parsed.DATA_DIR, 'data-platform') }
  if (secret === undefined)
    throw new Error('DATA_PLATFORM_URL needs DATA_PLATFORM_SECRET, which signs what goes there')
  return { url, secret }
}

function readChallengeProvider(parsed: z.infer<typeof settings>): ChallengeProvider | undefined {
  const {
    CHALLENGE_VERIFY_URL: verifyUrl,
    CHALLENGE_SECRET: secret,
    CHALLENGE_WIDGET_URL: widgetUrl,
  } = parsed
  const given = [verifyUrl, secret, widgetUrl].filter((value) => value !== undefined)
  if (given.length === 0) return undefined
  if (verifyUrl === undefined || secret === undefined || widgetUrl === undefined) {
    throw new Error('CHALLENGE_VERIFY_URL, CHALLENGE_SECRET and CHALLENGE_WIDGET_URL belong together')
  }
  return { verifyUrl, secret, widgetUrl, allowPrivate: parsed.WEBHOOKS_ALLOW_PRIVATE === 'true' }
}

const migrationSettings = settings.pick({ DATABASE_URL: true, GREENROOM_MUTANT: true }).extend({
  /** Who owns the tables; migrating alone takes it. */
  DATABASE_OWNER_URL: z.url({ protocol: /^postgres(ql)?$/ }),
})

/** For migrating: as whom, and whom to let in. */
export function readMigrationUrls(env: NodeJS.ProcessEnv = process.env): {
  ownerUrl: string
  appUrl: string
} {
  const parsed = readSettings(migrationSettings, env)
  return { ownerUrl: parsed.DATABASE_OWNER_URL, appUrl: parsed.DATABASE_URL }
}

/** For commands that do what the processes' own login may not: as whom. */
export function readOwnerUrl(env: NodeJS.ProcessEnv = process.env): string {
  return migrationSettings.pick({ DATABASE_OWNER_URL: true, GREENROOM_MUTANT: true }).parse(env)
    .DATABASE_OWNER_URL
}

/** For commands that touch the database alone, such as migrating. */
export function readDatabaseUrl(env: NodeJS.ProcessEnv = process.env): string {
  return readSettings(settings.pick({ DATABASE_URL: true, GREENROOM_MUTANT: true }), env).DATABASE_URL
}

/** The same for putting the demo in: not where real fans buy, since its operator's password is known to everybody. */
export function readSeedDatabaseUrl(env: NodeJS.ProcessEnv = process.env): string {
  const { DEPLOYMENT } = readSettings(settings.pick({ DEPLOYMENT: true }), env)
  if (DEPLOYMENT === 'production') throw new Error('DEPLOYMENT is production: the demo has no place there')
  return readDatabaseUrl(env)
}
