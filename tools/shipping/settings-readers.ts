import { readApiSettings } from '../../apps/api/src/env.ts'
import { readGatewaySettings } from '../../apps/gateway/src/env.ts'
import { readWorkerSettings } from '../../apps/worker/src/env.ts'
import {
  readCoreSettings,
  readMigrationUrls,
  readSeedDatabaseUrl,
} from '../../packages/core/src/platform/env.ts'
import { readStackEnv } from '../../packages/stack/src/env.ts'

/** What every process needs, so that reading the rest gets to its end. */
export const needed = {
  DATABASE_URL: 'postgres://nowhere/greenroom',
  DATABASE_OWNER_URL: 'postgres://owner@nowhere/greenroom',
  REDIS_URL: 'redis://nowhere',
  SECRET: 'a secret for tests alone',
}

/** Every reader of settings there is, by the name `.env.example` calls it. */
export const readers: Record<string, (env: NodeJS.ProcessEnv) => unknown> = {
  core: readCoreSettings,
  api: readApiSettings,
  gateway: readGatewaySettings,
  worker: readWorkerSettings,
  migrate: readMigrationUrls,
  seed: readSeedDatabaseUrl,
  start: readStackEnv,
}

/** What OpenTelemetry's SDK reads by itself in each of them, so far as the compose file passes it on. */
export const readBySdk = [
  'OTEL_EXPORTER_OTLP_HEADERS',
  'OTEL_EXPORTER_OTLP_PROTOCOL',
  'OTEL_RESOURCE_ATTRIBUTES',
  'OTEL_TRACES_SAMPLER',
  'OTEL_TRACES_SAMPLER_ARG',
]

/** No setting of ours: where programs lie, and what takes a guard out of a test. */
const notSettings = new Set(['PATH', 'GREENROOM_MUTANT'])

/** The names a reader asks its environment for. What api, gateway and worker ask for through the core is the core's. */
export function namesReadBy(reader: string): Set<string> {
  const asked = askedBy(reader)
  const cores = ['api', 'gateway', 'worker'].includes(reader) ? askedBy('core') : new Set<string>()
  return new Set([...asked].filter((name) => !cores.has(name) && !notSettings.has(name)))
}

function askedBy(reader: string): Set<string> {
  const asked = new Set<string>()
  const env = new Proxy<NodeJS.ProcessEnv>(reader === 'start' ? {} : { ...needed }, {
    get: (target, name) => {
      if (typeof name === 'string') asked.add(name)
      return typeof name === 'string' ? target[name] : undefined
    },
  })
  readers[reader]?.(env)
  return asked
}
