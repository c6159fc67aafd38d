import { randomBytes } from 'node:crypto'
import { rm } from 'node:fs/promises'

import type { Contracts } from '../contracts.ts'
import { readStackEnv } from '../env.ts'
import { pickPort } from '../ports.ts'
import type { Child } from '../spawn-child.ts'
import { makeRunFolder } from './run-folder.ts'
import { type AppName, appCommands, appEnv, startApp } from '../start-app.ts'
import { waitUntilReady } from '../wait-until-ready.ts'
import { seedDemo } from './seed-demo.ts'

export type TestProcess = {
  pid: () => number
  /** all it has written so far, over all its lives */
  logs: () => string[]
  /** ends it at once, as a crash would; resolves when it is gone */
  kill: (signal?: NodeJS.Signals) => Promise<void>
  /** ends it in good order */
  stop: () => Promise<void>
  /** starts it again after kill or stop, on the same port, and waits until it is ready */
  start: () => Promise<void>
}

export type TestProcesses = {
  url: string
  gatewayUrl: string
  api: TestProcess
  gateway: TestProcess
  worker: TestProcess
  /** a second, third ... worker beside the first; stopped with the rest */
  addWorker: () => Promise<TestProcess>
  /** stops all of them, by force after 10 s */
  stop: () => Promise<void>
}

export type TestProcessesOptions = {
  databaseUrl: string
  redisUrl: string
  /** put the demo in first; default none */
  seed?: 'demo' | 'none'
  /** who may use the REST contracts; default open, as `npm start` has them */
  contracts?: Contracts
  /** leave some out, to start them later with start() */
  without?: AppName[]
  /** more environment variables for all three */
  env?: Record<string, string>
}

const readyTimeoutMs = 60_000

/**
 * Starts api, gateway and worker as a user would have them, each its own process, on free ports against one test
 * database and one test Redis, and waits until they are ready. Nothing restarts by itself: tests kill and start.
 */
export async function startProcesses(options: TestProcessesOptions): Promise<TestProcesses> {
  const port = await pickPort()
  const gatewayPort = await pickPort()
  const url = `http://localhost:${port}`
  const gatewayUrl = `http://localhost:${gatewayPort}`
  const settings = {
    ...options,
    host: 'localhost',
    contracts: options.contracts ?? ('open' as const),
    port,
    gatewayPort,
    secret: randomBytes(32).toString('base64url'),
    publicOrigin: url,
    webhooksAllowPrivate: true,
    dataPlatformDir: makeRunFolder('platform'),
  }
  const env = { ...appEnv(readStackEnv(), settings), SEED: 'none', ...options.env }
  if (options.seed === 'demo') await seedDemo(options)
  const api = makeProcess('api', env, `${url}/readyz`)
  const gateway = makeProcess('gateway', env, `${gatewayUrl}/readyz`)
  const worker = makeProcess('worker', env, undefined)
  const all = { api, gateway, worker }
  const workers = [worker]
  const stop = async (): Promise<void> => {
    await Promise.all([gateway, api, ...workers].map((each) => each.stop()))
    await rm(settings.dataPlatformDir, { recursive: true, force: true })
  }
  const addWorker = async (): Promise<TestProcess> => {
    const added = makeProcess('worker', env, undefined)
    workers.push(added)
    await added.start()
    return added
  }
  try {
    const wanted = (['api', 'gateway', 'worker'] as const).filter((name) => !options.without?.includes(name))
    await Promise.all(wanted.map((name) => all[name].start()))
  } catch (error) {
    await stop()
    throw error
  }
  return { url, gatewayUrl, ...all, addWorker, stop }
}

function makeProcess(name: AppName, env: NodeJS.ProcessEnv, readyUrl: string | undefined): TestProcess {
  let child: Child | undefined
  const logs: string[] = []
  const running = (): Child => {
    if (child === undefined) throw new Error(`${name} was never started`)
    return child
  }
  return {
    pid: () => running().pid,
    logs: () => [...logs],
    kill: async (signal = 'SIGKILL') => {
      running().kill(signal)
      await running().exited
    },
    stop: async () => {
      await child?.stop()
    },
    start: async () => {
      const started = await startApp(appCommands[name], env, (line) => logs.push(line))
      child = started
      let ended = false
      void started.exited.then(() => {
        ended = true
      })
      const whyHopeless = (): string | undefined =>
        ended ? `${name} ended at start:\n${started.lastLines().join('\n')}` : undefined
      if (readyUrl !== undefined) await waitUntilReady(readyUrl, { timeoutMs: readyTimeoutMs, whyHopeless })
    },
  }
}
