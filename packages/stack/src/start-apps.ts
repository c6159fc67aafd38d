import type { StackEnv } from './env.ts'
import { identifyProcess, type ProcessIdentity } from './process-identity.ts'
import type { Child } from './spawn-child.ts'
import { type AppName, type AppSettings, appEnv, startApp } from './start-app.ts'
import { type Supervised, supervise } from './supervise.ts'
import { waitUntilReady } from './wait-until-ready.ts'

export interface Apps {
  /** Worker, gateway and api are asked at the same time to drain. Safe to repeat. */
  stop: () => Promise<void>
  /** ends them at once */
  kill: () => void
}

const names: AppName[] = ['api', 'gateway', 'worker']
const readyTimeoutMs = 120_000
const hopelessDeaths = 3

/**
 * Starts api, gateway and worker, keeps them alive, and answers once api and gateway say they are ready.
 * `onChange` is told who lives now, after each start. Throws one clear sentence when one of them cannot live.
 */
export async function startApps(options: {
  base: StackEnv
  settings: AppSettings
  sayAs: (name: string) => (line: string) => void
  onChange: (apps: ProcessIdentity[]) => void
}): Promise<Apps> {
  const env = appEnv(options.base, options.settings)
  const apps = new Map<AppName, Supervised>()
  const tellChange = (): void => {
    options.onChange([...apps.values()].flatMap((app) => identifyProcess(app.child().pid) ?? []))
  }
  const stop = async (): Promise<void> => {
    await Promise.all([...apps.values()].map((app) => app.stop()))
  }
  const start = (name: AppName): Promise<Child> => startApp(name, env, options.sayAs(name))
  try {
    for (const name of names) {
      const say = options.sayAs('stack')
      apps.set(
        name,
        supervise({
          name,
          first: await start(name),
          startAgain: () => start(name),
          say,
          onStart: tellChange,
        }),
      )
      tellChange()
    }
    const whyHopeless = (): string | undefined => findHopeless(apps)
    const { port, gatewayPort } = options.settings
    await Promise.all([
      waitUntilReady(`http://127.0.0.1:${port}/readyz`, { timeoutMs: readyTimeoutMs, whyHopeless }),
      waitUntilReady(`http://127.0.0.1:${gatewayPort}/readyz`, { timeoutMs: readyTimeoutMs, whyHopeless }),
    ])
  } catch (error) {
    await stop()
    throw error
  }
  const kill = (): void => {
    for (const app of apps.values()) app.child().kill('SIGKILL')
  }
  return { stop, kill }
}

function findHopeless(apps: Map<AppName, Supervised>): string | undefined {
  for (const [name, app] of apps) {
    if (app.deathsInARow() >= hopelessDeaths)
      return `the ${name} died ${app.deathsInARow()} times at start (its last lines are above)`
  }
  return undefined
}
