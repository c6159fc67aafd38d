import { type CoreSettings, readCoreSettings } from '@greenroom/core'

/** Read once at start; a missing or wrong variable stops the process with its name. The worker has none of its own. */
export function readWorkerSettings(env: NodeJS.ProcessEnv = process.env): CoreSettings {
  return readCoreSettings(env)
}
