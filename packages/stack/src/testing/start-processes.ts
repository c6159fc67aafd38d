import { type AppName } from '../start-app.ts'
import { type FleetOptions, startFleet } from './start-fleet.ts'
import type { TestProcess } from './test-process.ts'

export type { TestProcess } from './test-process.ts'

export type TestProcesses = {
  url: string
  gatewayUrl: string
  /** where each worker answers probes and tells its metrics */
  workerUrls: string[]
  api: TestProcess
  gateway: TestProcess
  worker: TestProcess
  /** a second, third ... worker beside the first; stopped with the rest */
  addWorker: () => Promise<TestProcess>
  /** stops all of them, by force after 10 s */
  stop: () => Promise<void>
}

export type TestProcessesOptions = Omit<FleetOptions, 'apis' | 'gateways' | 'workers'>

/** The product as a user has it, one process of each: see `startFleet`. */
export async function startProcesses(options: TestProcessesOptions): Promise<TestProcesses> {
  const fleet = await startFleet({ ...options, apis: 1, gateways: 1, workers: 1 })
  const one = (name: AppName, all: readonly TestProcess[]): TestProcess => {
    const [process] = all
    if (process === undefined) throw new Error(`there is no ${name}`)
    return process
  }
  return {
    ...fleet,
    api: one('api', fleet.apis),
    gateway: one('gateway', fleet.gateways),
    worker: one('worker', fleet.workers),
  }
}
