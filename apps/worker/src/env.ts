import { type CoreSettings, readCoreSettings, readSettings } from '@greenroom/core'
import { z } from 'zod'

const schema = z.object({
  /** The name or address where probes and Prometheus find it: this machine alone, unless said otherwise. */
  WORKER_HOST: z.string().default('127.0.0.1'),
  /** 0 picks any free one. Without it nothing is listened on. */
  WORKER_PORT: z.string().regex(/^\d+$/, 'a port').transform(Number).pipe(z.number().max(65_535)).optional(),
})

export type WorkerSettings = CoreSettings & {
  /** Where `/healthz`, `/readyz` and `/metrics` are; `null`: nowhere. */
  probes: { host: string; port: number } | null
}

/** Read once at start; a missing or wrong variable stops the process with its name. */
export function readWorkerSettings(env: NodeJS.ProcessEnv = process.env): WorkerSettings {
  const { WORKER_HOST: host, WORKER_PORT: port } = readSettings(schema, env)
  return { ...readCoreSettings(env), probes: port === undefined ? null : { host, port } }
}
