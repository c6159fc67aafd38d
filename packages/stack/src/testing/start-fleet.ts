import { randomBytes } from 'node:crypto'
import { rm } from 'node:fs/promises'

import { appUrlOf } from '../app-login.ts'
import type { Contracts } from '../contracts.ts'
import { readStackEnv } from '../env.ts'
import { pickPort } from '../ports.ts'
import { type AppName, appEnv } from '../start-app.ts'
import { busyCallers } from './busy-callers.ts'
import { makeRunFolder } from './run-folder.ts'
import { type Balancer, startBalancer } from './start-balancer.ts'
import { makeTestProcess, type TestProcess } from './test-process.ts'

export type FleetOptions = {
  /** the owner's will do: the processes connect as their own login */
  databaseUrl: string
  redisUrl: string
  /** who may use the REST contracts; default open, as `npm start` has them */
  contracts?: Contracts
  /** leave some out, to start them later with start() */
  without?: AppName[]
  /** more environment variables for all of them */
  env?: Record<string, string>
  /** how many of each; of apis and gateways more than one stand behind a balancer */
  apis: number
  gateways: number
  workers: number
}

export type Fleet = {
  /** what fans use: the only api, or the balancer before all of them */
  url: string
  gatewayUrl: string
  /** where each worker answers probes and tells its metrics */
  workerUrls: string[]
  apis: TestProcess[]
  gateways: TestProcess[]
  workers: TestProcess[]
  /** one more worker; stopped with the rest */
  addWorker: () => Promise<TestProcess>
  /** stops all of them, by force after 10 s */
  stop: () => Promise<void>
}

/**
 * Starts the product as its users run it, each process by itself, on free ports against one test database and one test Redis,
 * and waits until all are ready. Nothing restarts by itself: tests kill and start.
 */
export async function startFleet(options: FleetOptions): Promise<Fleet> {
  const [apiFront, gatewayFront] = await Promise.all([planFront(options.apis), planFront(options.gateways)])
  const url = `http://localhost:${apiFront.port}`
  const gatewayUrl = `http://localhost:${gatewayFront.port}`
  const dataPlatformDir = makeRunFolder('platform')
  const secret = randomBytes(32).toString('base64url')
  const make = (
    name: AppName,
    own: { port?: number; gatewayPort?: number; workerPort?: number },
    readyUrl?: string,
  ): TestProcess => {
    const settings = {
      ...options,
      databaseUrl: appUrlOf(options.databaseUrl),
      host: 'localhost',
      contracts: options.contracts ?? ('open' as const),
      port: apiFront.port,
      gatewayPort: gatewayFront.port,
      secret,
      publicOrigin: url,
      webhooksAllowPrivate: true,
      dataPlatformDir,
      ...own,
    }
    const workerEnv = own.workerPort === undefined ? {} : { WORKER_PORT: String(own.workerPort) }
    const env = {
      ...appEnv(readStackEnv(), settings),
      SEED: 'none',
      ...busyCallers,
      ...workerEnv,
      ...options.env,
    }
    return makeTestProcess(name, env, readyUrl)
  }
  const apis = apiFront.ports.map((port) => make('api', { port }, `http://localhost:${port}/readyz`))
  const gateways = gatewayFront.ports.map((gatewayPort) =>
    make('gateway', { gatewayPort }, `http://localhost:${gatewayPort}/readyz`),
  )
  const workerUrls: string[] = []
  const makeWorker = async (): Promise<TestProcess> => {
    const workerPort = await pickPort()
    const workerUrl = `http://127.0.0.1:${workerPort}`
    workerUrls.push(workerUrl)
    // alive and not ready: a test may start it while Postgres is away
    return make('worker', { workerPort }, `${workerUrl}/healthz`)
  }
  const workers: TestProcess[] = []
  while (workers.length < options.workers) workers.push(await makeWorker())
  const balancers: Balancer[] = []
  const stop = async (): Promise<void> => {
    await Promise.all([...gateways, ...apis, ...workers].map((each) => each.stop()))
    await Promise.all(balancers.map((each) => each.close()))
    await rm(dataPlatformDir, { recursive: true, force: true })
  }
  const addWorker = async (): Promise<TestProcess> => {
    const added = await makeWorker()
    workers.push(added)
    await added.start()
    return added
  }
  try {
    const all = { api: apis, gateway: gateways, worker: workers }
    const wanted = (['api', 'gateway', 'worker'] as const).filter((name) => !options.without?.includes(name))
    await Promise.all(wanted.flatMap((name) => all[name].map((each) => each.start())))
    for (const { port, ports } of [apiFront, gatewayFront])
      if (ports.length > 1) balancers.push(await startBalancer({ port, targets: ports }))
  } catch (error) {
    await stop()
    throw error
  }
  return { url, gatewayUrl, workerUrls, apis, gateways, workers, addWorker, stop }
}

/** One process listens where everybody finds it; several have ports of their own behind that one. */
async function planFront(count: number): Promise<{ port: number; ports: number[] }> {
  const port = await pickPort()
  if (count === 1) return { port, ports: [port] }
  const ports: number[] = []
  while (ports.length < count) ports.push(await pickPort())
  return { port, ports }
}
