import type { StackEnv } from './env.ts'
import { identifyProcess, type ProcessIdentity } from './process-identity.ts'
import { reachHost } from './reach-host.ts'
import type { Child } from './spawn-child.ts'
import { type AppName, type AppSettings, appCommands, appEnv, startApp } from './start-app.ts'
import { type Supervised, supervise } from './supervise.ts'
import { waitUntilReady } from './wait-until-ready.ts'

export type Apps = {
  /** resolves once api and gateway say they are ready; rejects with one clear sentence when one cannot live */
  ready: Promise<void>
  /** asks all three at the same time to drain. Safe to repeat. */
  stop: () => Promise<void>
  /** ends them at once */
  kill: () => void
}

export type AppsOptions = {
  base: StackEnv
  settings: AppSettings
  sayAs: (name: string) => (line: string) => void
  /** told who lives now, after each start */
  onChange: (apps: ProcessIdentity[]) => void
  /** tests start smaller programs in their place */
  commands?: Record<AppName, string[]>
}

const names: AppName[] = ['api', 'gateway', 'worker']
const readyTimeoutMs = 120_000
const hopelessDeaths = 3

/** Starts api, gateway and worker and keeps them alive, each for itself. */
export async function startApps(options: AppsOptions): Promise<Apps> {
  const env = appEnv(options.base, options.settings)
  const commands = options.commands ?? appCommands
  const apps = new Map<AppName, Supervised>()
  const tellChange = (): void => {
    options.onChange([...apps.values()].flatMap((app) => identifyProcess(app.child().pid) ?? []))
  }
  for (const name of names) {
    const start = (): Promise<Child> => startApp(commands[name], env, options.sayAs(name))
    const say = options.sayAs('stack')
    apps.set(name, supervise({ name, first: await start(), startAgain: start, say, onStart: tellChange }))
    tellChange()
  }
  const stop = async (): Promise<void> => {
    await Promise.all([...apps.values()].map((app) => app.stop()))
  }
  const kill = (): void => {
    for (const app of apps.values()) app.child().kill('SIGKILL')
  }
  return { ready: waitForBoth(options.settings, apps), stop, kill }
}

async function waitForBoth(settings: AppSettings, apps: Map<AppName, Supervised>): Promise<void> {
  const whyHopeless = (): string | undefined => findHopeless(apps)
  const wait = { timeoutMs: readyTimeoutMs, whyHopeless }
  const host = reachHost(settings.host)
  await Promise.all([
    waitUntilReady(`http://${host}:${settings.port}/readyz`, wait),
    waitUntilReady(`http://${host}:${settings.gatewayPort}/readyz`, wait),
  ])
}

function findHopeless(apps: Map<AppName, Supervised>): string | undefined {
  for (const [name, app] of apps) {
    if (app.deathsInARow() >= hopelessDeaths)
      return `the ${name} died ${app.deathsInARow()} times at start (its last lines are above)`
  }
  return undefined
}
