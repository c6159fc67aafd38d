import { appendFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import { Client } from 'pg'

import { copyPostgres } from '../copy-postgres.ts'
import { type DataFolder, openDataFolder, removeDataFolder } from '../data-folder.ts'
import { startPostgres } from '../start-postgres.ts'
import { keepStarted, type PrivatePostgres } from './private-servers.ts'
import { makeRunFolder } from './run-folder.ts'

export type Replica = PrivatePostgres & {
  /** makes it the one that writes; resolves when it does */
  promote: () => Promise<void>
}

const promoteTimeoutSec = 30

/**
 * A Postgres that follows another by streaming, for reading. `isConfirming`: from now on the primary acknowledges a commit only
 * when the replica has it on its disk (`on`) or shows it to readers (`remote_apply`), and waits for ever while it is away.
 */
export async function startReplica(
  primary: Pick<PrivatePostgres, 'adminUrl' | 'folder' | 'port'>,
  options: { isConfirming?: 'on' | 'remote_apply' } = {},
): Promise<Replica> {
  const { data, folder, password } = await copyAside(primary)
  writeFileSync(join(folder, 'standby.signal'), '')
  const address = `host=127.0.0.1 port=${primary.port} user=postgres password=${password} application_name=replica`
  appendFileSync(
    join(folder, 'postgresql.auto.conf'),
    `primary_conninfo = '${address}'\nprimary_slot_name = '${slotOf(folder)}'\nsynchronous_standby_names = ''\n`,
  )
  const copy = await startOn(data, password)
  await waitUntilStreaming(primary.adminUrl)
  if (options.isConfirming !== undefined) {
    await ask(primary.adminUrl, `ALTER SYSTEM SET synchronous_commit = '${options.isConfirming}'`)
    await ask(primary.adminUrl, `ALTER SYSTEM SET synchronous_standby_names = '*'`)
    await ask(primary.adminUrl, 'SELECT pg_reload_conf()')
  }
  return {
    ...copy,
    promote: async () => {
      await ask(copy.adminUrl, `SELECT pg_promote(true, ${promoteTimeoutSec})`)
    },
  }
}

/** A copy of a Postgres, as a backup keeps it. */
export type PostgresBackup = {
  /** what was committed by then is in it, in milliseconds since 1970 */
  wholeAtMs: number
  folder: string
  /** starts a server on it, which knows nothing of the other */
  restore: () => Promise<PrivatePostgres>
}

/** Copies a running Postgres into a folder of its own. */
export async function backUpPostgres(
  primary: Pick<PrivatePostgres, 'adminUrl' | 'folder'>,
): Promise<PostgresBackup> {
  const { data, folder, wholeAtMs, password } = await copyAside(primary)
  return { wholeAtMs, folder, restore: () => startOn(data, password) }
}

async function copyAside(
  primary: Pick<PrivatePostgres, 'adminUrl' | 'folder'>,
): Promise<{ data: DataFolder; folder: string; wholeAtMs: number; password: string }> {
  const data = openDataFolder(makeRunFolder('postgres'))
  const folder = join(data.folderFor('postgres'), 'data')
  const { wholeAtMs } = await copyPostgres({
    adminUrl: primary.adminUrl,
    from: join(primary.folder, 'data'),
    into: folder,
    slot: slotOf(folder),
    user: data.user,
  })
  return { data, folder, wholeAtMs, password: new URL(primary.adminUrl).password }
}

async function startOn(data: DataFolder, password: string): Promise<PrivatePostgres> {
  const options = { data, copyOf: { password }, onLine: () => undefined }
  const first = await startPostgres(options)
  const startAgain = (): ReturnType<typeof startPostgres> => startPostgres({ ...options, port: first.port })
  const server = keepStarted(first, startAgain, data.folderFor('postgres'), () => removeDataFolder(data))
  return { ...server, adminUrl: first.adminUrl }
}

/** A name that Postgres allows: small letters, digits and `_`. */
const slotOf = (folder: string): string =>
  folder
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .slice(-60)

async function waitUntilStreaming(adminUrl: string): Promise<void> {
  for (let waitedMs = 0; waitedMs < 30_000; waitedMs += 50) {
    const rows = await ask(adminUrl, `SELECT 1 FROM pg_stat_replication WHERE state = 'streaming'`)
    if (rows > 0) return
    await sleep(50)
  }
  throw new Error('the replica does not follow its primary')
}

async function ask(url: string, text: string): Promise<number> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(text)).rowCount ?? 0
  } finally {
    await client.end()
  }
}
