import { copyFileSync, mkdirSync, readdirSync, readlinkSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { Client } from 'pg'

import { isErrno } from './process-identity.ts'
import { giveFolder, type ServiceUser } from './service-user.ts'

/** What a copy begins without: another server's processes, slots and snapshots, and the log, which comes last. */
const leftOut = new Set([
  'postmaster.pid',
  'postmaster.opts',
  'pg_wal',
  'pg_replslot',
  'pg_notify',
  'pg_stat_tmp',
  'pg_dynshmem',
])

/**
 * Copies a running Postgres, as pg_basebackup would, with its own low-level protocol (PostgreSQL's manual, 25.3.4): files are
 * copied while they change, and the log that was written meanwhile makes them whole at the copy's first start. `slot` keeps that
 * log from being removed; it is made here and stays. Everything that was committed before `wholeAtMs` (since 1970) is in the
 * copy.
 */
export async function copyPostgres(options: {
  /** the superuser's */
  adminUrl: string
  from: string
  into: string
  slot: string
  user: ServiceUser
}): Promise<{ wholeAtMs: number }> {
  const { from, into } = options
  let wholeAtMs = 0
  const admin = new Client({ connectionString: options.adminUrl })
  await admin.connect()
  try {
    await admin.query('SELECT pg_create_physical_replication_slot($1, true)', [options.slot])
    await admin.query('SELECT pg_backup_start($1, true)', [options.slot])
    copyChanging(from, into, leftOut)
    wholeAtMs = performance.timeOrigin + performance.now()
    const stopped = await admin.query<{ label: string; tablespaces: string }>(
      'SELECT labelfile AS label, spcmapfile AS tablespaces FROM pg_backup_stop(false)',
    )
    const [row] = stopped.rows
    if (row === undefined) throw new Error('Postgres did not say how the copy ended')
    if (row.tablespaces !== '') throw new Error('a Postgres with tablespaces elsewhere is not copied')
    writeFileSync(join(into, 'backup_label'), row.label)
    copyChanging(join(from, 'pg_wal'), join(into, 'pg_wal'), new Set())
    for (const name of leftOut)
      if (name.startsWith('pg_')) mkdirSync(join(into, name), { recursive: true, mode: 0o700 })
  } finally {
    await admin.end()
  }
  giveFolder(options.user, into)
  return { wholeAtMs }
}

/** Files may vanish meanwhile: what took them away is in the log. */
function copyChanging(from: string, into: string, without: ReadonlySet<string>): void {
  mkdirSync(into, { recursive: true, mode: 0o700 })
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    if (without.has(entry.name)) continue
    const [source, target] = [join(from, entry.name), join(into, entry.name)]
    try {
      if (entry.isDirectory()) copyChanging(source, target, new Set())
      else if (entry.isSymbolicLink()) symlinkSync(readlinkSync(source), target)
      else copyFileSync(source, target)
    } catch (error) {
      if (!isErrno(error, 'ENOENT')) throw error
    }
  }
}
