import { spawnSync } from 'node:child_process'
import { chownSync, mkdtempSync, rmSync, statSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { createTestDatabase, type PrivatePostgres, startPrivatePostgres } from '@greenroom/stack'
import pg from 'pg'
import { createFreezer } from './freezer.ts'
import { createTurns } from './in-turn.ts'
import { isAlive, signalOne } from './signal-process.ts'
import { mountSmallDisk, sweepSmallDisks } from './small-disk.ts'

/** The lab's Postgres: durable as ever (fsync on), and to be mistreated. */
export type PostgresControl = {
  /** The migrated database, past all proxies. */
  url: string
  port: number
  /** for those who copy it */
  server: PrivatePostgres
  query: <Row extends object>(text: string, values?: unknown[]) => Promise<Row[]>
  /** Ends it at once; it stays away until `bringUp`. False: it was away already. */
  stopImmediately: (signal: 'SIGKILL' | 'SIGQUIT') => Promise<boolean>
  bringUp: () => Promise<void>
  /** Resolves when it answers, brought up if it has ended by itself. */
  revive: () => Promise<void>
  /** Every process of it stands still until `thaw`, or what this answers. `undefined`: it is away, or frozen already. */
  freeze: () => (() => void) | undefined
  thaw: () => void
  /** Ends that share of the product's connections, drawn by lot, whatever they do; how many. None: Postgres is away, or they were. */
  endBackends: (share: number) => Promise<number>
  /** Whoever writes next needs a new segment of the log. False: Postgres is away. */
  endLogSegment: () => Promise<boolean>
  /** Whether a small disk could be mounted there. */
  hasDisk: (name: 'tables' | 'log') => boolean
  /**
   * Leaves no room below the tables that grow, or below the write-ahead log, so that no recovery can end either, until what
   * this answers frees it: then whoever was to be brought up meanwhile, or has ended for lack of room, is. `undefined`: no small
   * disk could be mounted, or it is full already.
   */
  fillDisk: (name: 'tables' | 'log') => (() => Promise<void>) | undefined
  stop: () => Promise<void>
}

/** What grows with every sale: on the small disk, so that a full disk meets it. */
const growingTables = ['reservations', 'payments', 'transfers', 'tickets', 'idempotency_keys', 'outbox']

/** The product's own limits, on lab questions too: a check that hangs is a finding, not a wait. */
const statementTimeoutMs = 60_000
const lookEveryMs = 100

export async function startPostgresControl({ hasSmallDisks = true } = {}): Promise<PostgresControl> {
  const server = await startPrivatePostgres()
  const { url, appUrl } = await createTestDatabase(server.url)
  const { username: login } = new URL(appUrl)
  sweepSmallDisks()
  const home = mkdtempSync(join(tmpdir(), `greenroom-disk-${process.pid}-`))
  const owner = statSync(server.folder)
  chownSync(home, owner.uid, owner.gid)
  const disks = {
    tables: hasSmallDisks ? mountSmallDisk(join(home, 'tables'), server.folder) : undefined,
    log: hasSmallDisks ? mountSmallDisk(join(home, 'log'), server.folder) : undefined,
  }
  if (disks.tables !== undefined) await moveGrowingTables(server, url, disks.tables.folder)
  if (disks.log !== undefined) await moveLog(server, disks.log.folder)
  const pool = new pg.Pool({ connectionString: url, max: 8, statement_timeout: statementTimeoutMs })
  // a connection that breaks says so by rejecting what it was doing as well
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  const isDatabaseUp = (): Promise<boolean> =>
    pool.query('select 1').then(
      () => true,
      () => false,
    )
  let isDown = false
  const full = new Set<'tables' | 'log'>()
  let isOwed = false
  const freezer = createFreezer(signalAll)
  const inTurn = createTurns()
  const bringUp = (): Promise<void> =>
    inTurn(async () => {
      // a Postgres that could not write its log has ended by itself
      if (!isDown && isAlive(server.pid())) return
      isOwed = full.size > 0
      if (isOwed) return
      await server.start()
      isDown = false
    })
  const freeDisk = async (name: 'tables' | 'log'): Promise<void> => {
    full.delete(name)
    disks[name]?.free()
    if (isOwed || (!isDown && !isAlive(server.pid()))) await bringUp()
  }
  return {
    url,
    port: server.port,
    server,
    query: async <Row extends object>(text: string, values: unknown[] = []) =>
      (await pool.query<Row>(text, values)).rows,
    stopImmediately: (signal) =>
      inTurn(async () => {
        if (isDown || !isAlive(server.pid())) return false
        isDown = true
        freezer.thaw(server.pid())
        await server.kill(signal)
        return true
      }),
    bringUp,
    revive: async () => {
      for (;;) {
        await bringUp()
        if (await isDatabaseUp()) return
        await sleep(lookEveryMs)
      }
    },
    freeze: () => (isDown || !isAlive(server.pid()) ? undefined : freezer.freeze(server.pid())),
    thaw: () => freezer.thaw(server.pid()),
    endBackends: (share) =>
      asAdmin(server, (admin) => admin.query(endBackends, [login, share])).then(
        ({ rowCount }) => rowCount ?? 0,
        () => 0,
      ),
    endLogSegment: () =>
      asAdmin(server, (admin) => admin.query('select pg_switch_wal()')).then(
        () => true,
        () => false,
      ),
    hasDisk: (name) => disks[name] !== undefined,
    fillDisk: (name) => {
      const disk = disks[name]
      if (disk === undefined || full.has(name)) return undefined
      full.add(name)
      disk.fill()
      return () => freeDisk(name)
    },
    stop: async () => {
      await pool.end()
      await server.stop()
      disks.tables?.unmount()
      disks.log?.unmount()
      rmSync(home, { recursive: true, force: true })
    },
  }
}

/** Not the lab's own, which log in as the owner. */
const endBackends =
  'select pg_terminate_backend(pid) from pg_stat_activity where usename = $1 and random() < $2'

async function moveGrowingTables(server: PrivatePostgres, url: string, folder: string): Promise<void> {
  const { pathname } = new URL(url)
  await asAdmin(
    server,
    async (admin) => {
      await admin.query(`create tablespace small location '${folder}'`)
      for (const table of growingTables) {
        await admin.query(`alter table ${table} set tablespace small`)
        const indexes = await admin.query<{ name: string }>(
          'select indexrelid::regclass::text as name from pg_index where indrelid = $1::regclass',
          [table],
        )
        for (const { name } of indexes.rows) await admin.query(`alter index ${name} set tablespace small`)
      }
    },
    pathname,
  )
}

/** As the superuser, on a connection of its own. */
async function asAdmin<T>(
  { adminUrl }: PrivatePostgres,
  work: (admin: pg.Client) => Promise<T>,
  pathname?: string,
): Promise<T> {
  const url = new URL(adminUrl)
  if (pathname !== undefined) url.pathname = pathname
  const admin = new pg.Client({
    connectionString: url.href,
    connectionTimeoutMillis: 5_000,
    query_timeout: 5_000,
  })
  // Postgres may be killed under it
  admin.on('error', () => undefined)
  try {
    await admin.connect()
    return await work(admin)
  } finally {
    await admin.end()
  }
}

/** Segments are made anew and never used again, so that a full disk is met by the very next one. */
const logSettings = { max_wal_size: '64MB', min_wal_size: '32MB', wal_recycle: 'off' }

async function moveLog(server: PrivatePostgres, folder: string): Promise<void> {
  await asAdmin(server, async (admin) => {
    for (const [name, value] of Object.entries(logSettings)) {
      await admin.query(`alter system set ${name} = '${value}'`)
    }
  })
  await server.kill('SIGINT')
  const from = join(server.folder, 'data', 'pg_wal')
  const to = join(folder, 'pg_wal')
  // over the border of two disks, with its owner
  const { status, stderr } = spawnSync('mv', [from, to], { encoding: 'utf8' })
  if (status !== 0) throw new Error(`the write-ahead log cannot be moved: ${stderr}`)
  symlinkSync(to, from)
  await server.start()
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
