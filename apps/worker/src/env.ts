import { type CoreSettings, readCoreSettings } from '@greenroom/core'

export type WorkerSettings = CoreSettings

/** Read once at start; a missing or wrong variable stops the process with its name. */
export function readWorkerSettings(env: NodeJS.ProcessEnv = process.env): WorkerSettings {
  return readCoreSettings(env)
}
