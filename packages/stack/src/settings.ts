import { resolve } from 'node:path'

import { type Contracts, isForThisMachine, readContracts } from './contracts.ts'
import type { StackEnv } from './env.ts'

/** What `npm start` was asked for. */
export type Settings = {
  /** where api and gateway listen */
  host: string
  port: number
  gatewayPort: number
  dataDir: string
  publicOrigin: string
  contracts: Contracts
  /** webhooks may go to this machine and others of its network: only while nobody else can ask for that */
  webhooksAllowPrivate: boolean
  /** where the worker writes events that no data platform takes */
  dataPlatformDir: string
  seed: 'demo' | 'none'
  /** given ones are used as they are and nothing is started in their place */
  databaseUrl: string | undefined
  /** whoever owns the tables, when that URL is the processes' own */
  databaseOwnerUrl: string | undefined
  redisUrl: string | undefined
}

/** Reads and checks the settings; throws one sentence that names the variable at fault. */
export function readSettings(env: StackEnv): Settings {
  const port = readPort('PORT', env.port, 3000)
  const gatewayPort = readPort('GATEWAY_PORT', env.gatewayPort, port + 1)
  if (port === gatewayPort) throw new Error(`PORT and GATEWAY_PORT are both ${port}: they must differ`)
  const host = env.host ?? 'localhost'
  const publicOrigin = readOrigin(env.publicOrigin, `http://localhost:${port}`)
  const deployment = readDeployment(env.deployment)
  const reach = { host, publicOrigin, deployment }
  const dataDir = env.dataDir ?? '.greenroom'
  return {
    host,
    port,
    gatewayPort,
    dataDir,
    publicOrigin,
    contracts: readContracts(env.contracts, reach),
    webhooksAllowPrivate: isForThisMachine(reach),
    dataPlatformDir: resolve(dataDir, 'data-platform'),
    seed: readSeed(env.seed, deployment),
    databaseUrl: readUrl('DATABASE_URL', env.databaseUrl, ['postgres:', 'postgresql:']),
    databaseOwnerUrl: readUrl('DATABASE_OWNER_URL', env.databaseOwnerUrl, ['postgres:', 'postgresql:']),
    redisUrl: readUrls('REDIS_URL', env.redisUrl, ['redis:', 'rediss:']),
  }
}

function readPort(name: string, value: string | undefined, fallback: number): number {
  const port = value === undefined ? fallback : Number(value)
  if (Number.isInteger(port) && port >= 1 && port <= 65_535) return port
  throw new Error(`${name} must be a port from 1 to 65535, not ${value ?? fallback}`)
}

/** The demo's operator has a password that everybody knows: never where real fans buy. */
function readSeed(value: string | undefined, deployment: 'demo' | 'production'): 'demo' | 'none' {
  if (value === 'demo' && deployment === 'production')
    throw new Error('SEED is demo while DEPLOYMENT is production')
  if (value === 'none' || (value === undefined && deployment === 'production')) return 'none'
  if (value === undefined || value === 'demo') return 'demo'
  throw new Error(`SEED must be demo or none, not ${value}`)
}

function readDeployment(value: string | undefined): 'demo' | 'production' {
  if (value === undefined || value === 'demo') return 'demo'
  if (value === 'production') return 'production'
  throw new Error(`DEPLOYMENT must be demo or production, not ${value}`)
}

function readUrl(name: string, value: string | undefined, protocols: string[]): string | undefined {
  if (value === undefined) return undefined
  if (URL.canParse(value) && protocols.includes(new URL(value).protocol)) return value
  // The value may hold a password, so it is not repeated.
  throw new Error(`${name} must start with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`)
}

/** One, or several with commas between. */
function readUrls(name: string, value: string | undefined, protocols: string[]): string | undefined {
  for (const each of value?.split(',') ?? []) readUrl(name, each.trim(), protocols)
  return value
}

function readOrigin(value: string | undefined, fallback: string): string {
  if (value === undefined) return fallback
  if (URL.canParse(value) && new URL(value).origin === value) return value
  throw new Error(`PUBLIC_ORIGIN must be an origin such as https://tickets.example, not ${value}`)
}
