import { buildWeb } from './build-web.ts'
import { type DataFolder, openDataFolder } from './data-folder.ts'
import type { StackEnv } from './env.ts'
import { takeInstanceLock } from './instance-lock.ts'
import { sayAs } from './log-lines.ts'
import { isPortFree } from './ports.ts'
import { identifyProcess } from './process-identity.ts'
import { reachHost } from './reach-host.ts'
import { entryFiles } from './repository.ts'
import { runScript } from './run-script.ts'
import { endLeftoverApps, readRunning, removeRunning, writeRunning } from './running-file.ts'
import { readSettings, type Settings } from './settings.ts'
import { type AppSettings, appCommands, appEnv } from './start-app.ts'
import { startApps } from './start-apps.ts'
import { startServers } from './start-servers.ts'
import { onStopSignal } from './stop-signals.ts'

export type LaunchParts = {
  commands: typeof appCommands
  buildPages: (say: (line: string) => void) => Promise<void>
}

const realParts: LaunchParts = { commands: appCommands, buildPages: buildWeb }

/**
 * `npm start`: everything from nothing to a page that answers, until a signal ends it in good order (exit 0).
 * Throws one clear sentence when it cannot: a second start in this folder, a busy port, no Redis, a server that dies.
 * Tests put smaller `parts` in the place of the product's.
 */
export async function launch(env: StackEnv, parts: LaunchParts = realParts): Promise<void> {
  const settings = readSettings(env)
  const lock = takeInstanceLock(settings.dataDir)
  if (lock === undefined) throw new Error(describeOther(settings.dataDir))
  await endLeftoverApps(settings.dataDir)
  await requireFreePorts(settings)

  const stops: (() => Promise<void>)[] = [async () => removeRunning(settings.dataDir)]
  const stopAll = async (): Promise<void> => {
    for (const stop of stops.toReversed()) await stop()
  }
  let kill = (): void => undefined
  let stopping = false
  onStopSignal({
    stop: () => {
      stopping = true
      say('stopping')
      void stopAll().then(
        () => process.exit(0),
        (error: unknown) => exitWith(error),
      )
    },
    force: () => {
      kill()
      process.exit(1)
    },
  })

  try {
    const data = openDataFolder(settings.dataDir)
    say('starting Postgres and Redis')
    const servers = await startServers({
      data,
      databaseUrl: settings.databaseUrl,
      databaseOwnerUrl: settings.databaseOwnerUrl,
      redisUrl: settings.redisUrl,
      sayAs,
    })
    stops.push(servers.stop)
    const appSettings = { ...settings, ...servers, secret: env.secret ?? data.secrets.appSecret }
    await prepare({ env, settings, appSettings, ownerUrl: servers.databaseOwnerUrl }, parts)
    say('starting api, gateway and worker')
    const apps = await startApps({
      base: env,
      settings: appSettings,
      sayAs,
      commands: parts.commands,
      onChange: (living) =>
        recordRunning(data, { ...appSettings, databaseOwnerUrl: servers.databaseOwnerUrl }, living),
    })
    kill = apps.kill
    stops.push(apps.stop)
    await apps.ready
    process.stdout.write(describeReady(settings))
  } catch (error) {
    // A stop that was asked for meanwhile ends things itself, and what failed may be its doing.
    if (stopping) return
    await stopAll()
    throw error
  }
}

/** One line for people, and out. */
export function exitWith(error: unknown): never {
  process.stderr.write(`greenroom: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
}

const say = sayAs('stack')

type Preparing = { env: StackEnv; settings: Settings; appSettings: AppSettings; ownerUrl: string }

async function prepare(preparing: Preparing, parts: LaunchParts): Promise<void> {
  // The pages need no database, and building them is the longest part of a first start.
  await Promise.all([prepareDatabase(preparing), parts.buildPages(say)])
}

async function prepareDatabase({ env, settings, appSettings, ownerUrl }: Preparing): Promise<void> {
  const scriptEnv = { ...appEnv(env, appSettings), SEED: settings.seed }
  say('migrating the database')
  await runScript({
    name: 'migrating the database',
    file: entryFiles.migrate,
    env: { ...scriptEnv, DATABASE_OWNER_URL: ownerUrl },
    onLine: sayAs('migrate'),
  })
  if (settings.seed === 'none') return
  await runScript({
    name: 'putting in the demo',
    file: entryFiles.seed,
    env: scriptEnv,
    onLine: sayAs('seed'),
  })
}

async function requireFreePorts(settings: Settings): Promise<void> {
  const wanted = [
    ['PORT', settings.port],
    ['GATEWAY_PORT', settings.gatewayPort],
  ] as const
  for (const [name, port] of wanted) {
    if (!(await isPortFree(port))) {
      throw new Error(
        `port ${port} is busy: another program listens there. Stop it, or choose another with ${name}=...`,
      )
    }
  }
}

function describeOther(dataDir: string): string {
  const other = readRunning(dataDir)
  const who = other === undefined ? 'it is still starting' : `process ${other.launcher.pid}, ${other.origin}`
  return `Greenroom already runs in this folder (${who}). Stop it first, or choose another DATA_DIR and PORT`
}

function recordRunning(
  data: DataFolder,
  settings: AppSettings & { databaseOwnerUrl: string },
  apps: Parameters<typeof writeRunning>[1]['apps'],
): void {
  const launcher = identifyProcess(process.pid)
  if (launcher === undefined) return
  const { databaseUrl, databaseOwnerUrl, redisUrl, publicOrigin } = settings
  writeRunning(data.path, { launcher, origin: publicOrigin, databaseUrl, databaseOwnerUrl, redisUrl, apps })
}

function describeReady(settings: Settings): string {
  const ready = `ready http://${reachHost(settings.host)}:${settings.port}\n`
  if (settings.seed !== 'demo') return ready
  return [
    ready.trimEnd(),
    '  fans      fan1@greenroom.example ... fan100@greenroom.example   password greenroom',
    '  operator  operator@greenroom.example                            password greenroom',
    '',
  ].join('\n')
}
