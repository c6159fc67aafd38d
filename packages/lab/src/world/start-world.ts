import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type AppName, type AppSettings, pickPort, seedDemo } from '@greenroom/stack'
import { resumeQueues } from '../faults/job-queues.ts'
import { createMoments } from '../proxy/moments.ts'
import { tapPostgres } from '../proxy/postgres-tap.ts'
import { tapRedis } from '../proxy/redis-tap.ts'
import { type Mischief, tapSockets } from '../proxy/socket-mischief.ts'
import { startTcpProxy, type TcpProxy } from '../proxy/tcp-proxy.ts'
import { type App, createApp } from './app.ts'
import { type PostgresControl, startPostgresControl } from './postgres-control.ts'
import { type RedisControl, startRedisControl } from './redis-control.ts'
import { readScriptNames } from './script-names.ts'
import { type Partner, startPartner } from './start-partner.ts'

/** The whole product as it runs for many: two of each process, with a proxy of ours on every line between any two parts. */
export type World = {
  /** Both apis behind one address, and both gateways: what fans use. */
  url: string
  gatewayUrl: string
  fronts: { api: TcpProxy; gateway: TcpProxy }
  apps: readonly App[]
  appsOf: (kind: AppName) => App[]
  postgres: PostgresControl
  redis: RedisControl
  /** What goes on with the messages that the gateways push. */
  mischief: Mischief
  /** Whom webhooks are sent to. */
  partner: Partner
  /** The addresses of Postgres and Redis lead elsewhere from now on, as those of a service do when another server takes over. */
  aim: (ports: { postgres?: number; redis?: number }) => void
  /** Everything lives and is ready when this resolves. */
  heal: () => Promise<void>
  stop: () => Promise<void>
}

const perKind = 2
const kinds: AppName[] = ['api', 'gateway', 'worker']
/** What a worker logs once it takes jobs: it listens nowhere. */
const workerIsReady = '"worker works"'

export type WorldOptions = {
  /** Whether the contracts of the systems this product replaces are open: they name the user and need no session. */
  contracts?: 'open' | 'off'
  /** Small disks below Postgres, to be filled; without them it can be copied. */
  hasSmallDisks?: boolean
}

/** Starts it all, the demo in it. What was begun is stopped when a part does not start. */
export async function startWorld(options: WorldOptions = {}): Promise<World> {
  const stops: (() => Promise<void>)[] = []
  const stop = async (): Promise<void> => {
    for (const each of stops.splice(0).toReversed()) await each()
  }
  try {
    return await build(options, stops, stop)
  } catch (error) {
    await stop()
    throw error
  }
}

async function build(
  { contracts = 'off', hasSmallDisks = true }: WorldOptions,
  stops: (() => Promise<void>)[],
  stop: () => Promise<void>,
): Promise<World> {
  const [postgres, redis] = await Promise.all([startPostgresControl({ hasSmallDisks }), startRedisControl()])
  stops.push(postgres.stop, redis.stop)
  await seedDemo({ databaseUrl: postgres.url })

  const mischief: Mischief = new Set()
  const ports = new Map<string, number>()
  const names = kinds.flatMap((kind) =>
    Array.from({ length: perKind }, (_, index) => ({ kind, name: `${kind}-${index + 1}` })),
  )
  for (const { name } of names) ports.set(name, await pickPort())
  const portsOf = (kind: AppName): number[] =>
    names.flatMap((each) => (each.kind === kind ? [ports.get(each.name) ?? 0] : []))
  const front = async (kind: AppName, tap?: ReturnType<typeof tapSockets>): Promise<TcpProxy> => {
    const options = { targets: portsOf(kind), port: await pickPort(), ...(tap === undefined ? {} : { tap }) }
    return await startTcpProxy(options)
  }
  const fronts = { api: await front('api'), gateway: await front('gateway', tapSockets(mischief)) }
  stops.push(fronts.api.close, fronts.gateway.close)

  const url = `http://127.0.0.1:${fronts.api.port}`
  const dataPlatformDir = mkdtempSync(join(tmpdir(), `greenroom-platform-${process.pid}-`))
  stops.push(async () => rmSync(dataPlatformDir, { recursive: true, force: true }))
  const scripts = readScriptNames()
  const shared = {
    host: '127.0.0.1',
    secret: randomBytes(32).toString('base64url'),
    publicOrigin: url,
    contracts,
    webhooksAllowPrivate: true,
    dataPlatformDir,
  }
  const targets = { postgres: [postgres.port], redis: [redis.port] }
  const apps: App[] = []
  for (const { kind, name } of names) {
    const toPostgres = createMoments()
    const toRedis = createMoments()
    const postgresProxy = await startTcpProxy({
      targets: targets.postgres,
      port: await pickPort(),
      tap: tapPostgres(toPostgres),
    })
    const redisProxy = await startTcpProxy({
      targets: targets.redis,
      port: await pickPort(),
      tap: tapRedis(toRedis, (hash) => scripts.get(hash)),
    })
    stops.push(postgresProxy.close, redisProxy.close)
    const port = ports.get(name) ?? 0
    const settings: AppSettings = {
      ...shared,
      port: kind === 'api' ? port : fronts.api.port,
      gatewayPort: kind === 'gateway' ? port : fronts.gateway.port,
      databaseUrl: throughProxy(postgres.url, postgresProxy.port),
      redisUrl: throughProxy(redis.url, redisProxy.port),
    }
    const app = createApp({
      name,
      kind,
      settings,
      ...(kind === 'worker'
        ? { env: { LOG_LEVEL: 'info' }, ready: { logs: workerIsReady } }
        : { env: { LOG_LEVEL: 'error' }, ready: { url: `http://127.0.0.1:${port}/readyz` } }),
      postgres: { proxy: postgresProxy, moments: toPostgres },
      redis: { proxy: redisProxy, moments: toRedis },
    })
    stops.push(app.stop)
    apps.push(app)
  }
  const heal = async (): Promise<void> => {
    await Promise.all([postgres.bringUp(), redis.bringUp()])
    postgres.thaw()
    redis.thaw()
    await Promise.all(apps.map((app) => app.bringUp()))
    // a Redis that was killed right after it let jobs go again may have kept only the pause
    await resumeQueues(redis.client)
  }
  await heal()
  const gatewayUrl = `http://127.0.0.1:${fronts.gateway.port}`
  const partner = await startPartner({ apiUrl: url, gatewayUrl })
  stops.push(partner.stop)
  return {
    url,
    gatewayUrl,
    partner,
    fronts,
    apps,
    appsOf: (kind) => apps.filter((app) => app.kind === kind),
    postgres,
    redis,
    mischief,
    aim: (ports) => {
      if (ports.postgres !== undefined) targets.postgres[0] = ports.postgres
      if (ports.redis !== undefined) targets.redis[0] = ports.redis
    },
    heal,
    stop,
  }
}

function throughProxy(serverUrl: string, port: number): string {
  const url = new URL(serverUrl)
  url.port = String(port)
  return url.href
}
