import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, statSync, chownSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTestDatabase, type PrivatePostgres, startPrivatePostgres } from '@greenroom/stack'
import pg from 'pg'
import { signalOne } from './signal-process.ts'
import { mountSmallDisk, type SmallDisk, sweepSmallDisks } from './small-disk.ts'

/** The lab's Postgres: durable as ever (fsync on), and to be mistreated. */
export type PostgresControl = {
  /** The migrated database, past all proxies. */
  url: string
  port: number
  query: <Row extends object>(text: string, values?: unknown[]) => Promise<Row[]>
  /** Ends it at once; it stays away until `bringUp`. */
  stopImmediately: (signal: 'SIGKILL' | 'SIGQUIT') => Promise<void>
  bringUp: () => Promise<void>
  /** Every process of it stands still until `thaw`. */
  freeze: () => void
  thaw: () => void
  /** Absent where no small disk could be mounted. */
  disk: SmallDisk | undefined
  stop: () => Promise<void>
}

/** What grows with every sale: on the small disk, so that a full disk meets it. */
const growingTables = ['reservations', 'payments', 'transfers', 'tickets', 'idempotency_keys', 'outbox']

/** The product's own limits, on lab questions too: a check that hangs is a finding, not a wait. */
const statementTimeoutMs = 60_000

export async function startPostgresControl(): Promise<PostgresControl> {
  const server = await startPrivatePostgres()
  const { url } = await createTestDatabase(server.url)
  sweepSmallDisks()
  const home = mkdtempSync(join(tmpdir(), `greenroom-disk-${process.pid}-`))
  const owner = statSync(server.folder)
  chownSync(home, owner.uid, owner.gid)
  const disk = mountSmallDisk(join(home, 'small'), server.folder)
  if (disk !== undefined) await moveGrowingTables(server, url, disk.folder)
  const pool = new pg.Pool({ connectionString: url, max: 8, statement_timeout: statementTimeoutMs })
  // a connection that breaks says so by rejecting what it was doing as well
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  let isDown = false
  let change: Promise<void> = Promise.resolve()
  const inTurn = async (work: () => Promise<void>): Promise<void> => {
    change = change.then(work, work)
    await change
  }
  return {
    url,
    port: server.port,
    query: async <Row extends object>(text: string, values: unknown[] = []) =>
      (await pool.query<Row>(text, values)).rows,
    stopImmediately: (signal) =>
      inTurn(async () => {
        if (isDown) return
        isDown = true
        signalAll(server.pid(), 'SIGCONT')
        await server.kill(signal)
      }),
    bringUp: () =>
      inTurn(async () => {
        if (!isDown) return
        await server.start()
        isDown = false
      }),
    freeze: () => {
      if (!isDown) signalAll(server.pid(), 'SIGSTOP')
    },
    thaw: () => {
      if (!isDown) signalAll(server.pid(), 'SIGCONT')
    },
    disk,
    stop: async () => {
      await pool.end()
      await server.stop()
      disk?.unmount()
      rmSync(home, { recursive: true, force: true })
    },
  }
}

async function moveGrowingTables(server: PrivatePostgres, url: string, folder: string): Promise<void> {
  const admin = new URL(server.adminUrl)
  admin.pathname = new URL(url).pathname
  const client = new pg.Client({ connectionString: admin.href })
  await client.connect()
  try {
    await client.query(`create tablespace small location '${folder}'`)
    for (const table of growingTables) {
      await client.query(`alter table ${table} set tablespace small`)
      const indexes = await client.query<{ name: string }>(
        'select indexrelid::regclass::text as name from pg_index where indrelid = $1::regclass',
        [table],
      )
      for (const { name } of indexes.rows) await client.query(`alter index ${name} set tablespace small`)
    }
  } finally {
    await client.end()
  }
}

/** The postmaster and its children: each is a process of its own. */
function signalAll(pid: number, signal: 'SIGSTOP' | 'SIGCONT'): void {
  const listed = spawnSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' }).stdout
  const children = listed.split('\n').flatMap((line) => {
    const [child, parent] = line.trim().split(/\s+/).map(Number)
    return parent === pid && child !== undefined ? [child] : []
  })
  for (const each of [pid, ...children]) signalOne(each, signal)
}
