import { spawn } from 'node:child_process'
import { resolve } from 'node:path'

import { openDataFolder } from './data-folder.ts'
import type { StackEnv } from './env.ts'
import { takeInstanceLock } from './instance-lock.ts'
import { entryFiles } from './repository.ts'
import { runScript } from './run-script.ts'
import { readRunning } from './running-file.ts'
import { readSettings } from './settings.ts'
import { appEnv } from './start-app.ts'
import { startServers } from './start-servers.ts'

/**
 * Runs a TypeScript program with the settings of this folder's stack: the running one if there is one, else Postgres
 * and Redis are started (and the database migrated) for as long as it takes. `isOwner` tells it the owner of the tables too: for what
 * the processes' own login may not. Answers the program's exit code.
 */
export async function runWithStack(
  env: StackEnv,
  file: string,
  args: string[],
  { isOwner = false }: { isOwner?: boolean } = {},
): Promise<number> {
  const settings = readSettings(env)
  const lock = takeInstanceLock(settings.dataDir)
  const running = lock === undefined ? readRunning(settings.dataDir) : undefined
  if (lock === undefined && running === undefined) {
    throw new Error('Greenroom is just starting in this folder: try again when it says it is ready')
  }
  const data = openDataFolder(settings.dataDir)
  const { databaseUrl, databaseOwnerUrl, redisUrl } = settings
  // Only the program itself may write to standard output: it may be piped on.
  const sayAs = (name: string) => (line: string) => void process.stderr.write(`${name.padEnd(8)} | ${line}\n`)
  const servers = running ?? (await startServers({ data, databaseUrl, databaseOwnerUrl, redisUrl, sayAs }))
  const programEnv = appEnv(env, { ...settings, ...servers, secret: env.secret ?? data.secrets.appSecret })
  try {
    if ('stop' in servers) {
      await runScript({
        name: 'migrating the database',
        file: entryFiles.migrate,
        env: { ...programEnv, DATABASE_OWNER_URL: servers.databaseOwnerUrl },
        onLine: sayAs('migrate'),
      })
    }
    return await runAttached(file, args, isOwner ? { ...programEnv, ...ownerOf(servers) } : programEnv)
  } finally {
    if ('stop' in servers) await servers.stop()
  }
}

function ownerOf({ databaseOwnerUrl }: { databaseOwnerUrl?: string | undefined }): NodeJS.ProcessEnv {
  if (databaseOwnerUrl === undefined)
    throw new Error('what runs in this folder does not say who owns the database: stop it and start it anew')
  return { DATABASE_OWNER_URL: databaseOwnerUrl }
}

function runAttached(file: string, args: string[], env: NodeJS.ProcessEnv): Promise<number> {
  return new Promise((done, reject) => {
    const program = spawn(process.execPath, [resolve(file), ...args], { env, stdio: 'inherit' })
    program.once('error', reject)
    program.once('exit', (code) => done(code ?? 1))
    // A Ctrl-C reaches it from the terminal; we outlive it to stop what we started.
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => program.kill(signal))
  })
}
