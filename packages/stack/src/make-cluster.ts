import { renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { Client } from 'pg'

import type { DataFolder } from './data-folder.ts'
import { readStackEnv } from './env.ts'
import { makeServiceFolder } from './service-user.ts'
import { describeExit, spawnChild } from './spawn-child.ts'

/** The role that owns the tables, and the name of its database. The processes log in as another: app-login.ts. */
export const ownerRole = 'greenroom'

/** What Postgres and initdb get to see of our environment. */
export const postgresEnv = { PATH: readStackEnv().path, LC_ALL: 'C' }

/**
 * Makes the cluster at `folder`: initdb into a folder of its own, then one rename, so that a start that was cut short
 * leaves no half-made one. Throws with initdb's last words when it fails.
 */
export async function makeCluster(data: DataFolder, program: string, folder: string): Promise<void> {
  const home = data.folderFor('postgres')
  const unfinished = join(home, 'data.new')
  const passwordFile = join(home, 'password')
  rmSync(unfinished, { recursive: true, force: true })
  makeServiceFolder(data.user, unfinished)
  writeFileSync(passwordFile, data.secrets.postgresPassword, { mode: 0o644 })
  const lines: string[] = []
  const initdb = await spawnChild({
    command: program,
    args: [
      '-D',
      unfinished,
      '-U',
      'postgres',
      '--encoding=UTF8',
      // Postgres's own Unicode rules: the same on every system, whatever locales it has.
      '--locale=C',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--auth=scram-sha-256',
      `--pwfile=${passwordFile}`,
    ],
    cwd: '/',
    env: postgresEnv,
    user: data.user,
    stopSignal: 'SIGINT',
    stopTimeoutMs: 5_000,
    onLine: (line) => lines.push(line),
  })
  const exit = await initdb.exited
  rmSync(passwordFile)
  if (exit.code !== 0)
    throw new Error(
      `Postgres could not make its data folder: initdb ${describeExit(exit)}: ${lines.slice(-3).join(' ')}`,
    )
  renameSync(unfinished, folder)
}

/** The owner and its database, where they are missing: no superuser, but it may make the processes' login. */
export async function makeRoleAndDatabase(adminUrl: string, password: string): Promise<void> {
  const client = new Client({ connectionString: adminUrl })
  await client.connect()
  try {
    const role = await client.query(`SELECT 1 FROM pg_roles WHERE rolname = $1`, [ownerRole])
    if (role.rowCount === 0) {
      await client.query(
        `CREATE ROLE ${ownerRole} LOGIN CREATEDB CREATEROLE PASSWORD ${client.escapeLiteral(password)}`,
      )
    }
    const database = await client.query(`SELECT 1 FROM pg_database WHERE datname = $1`, [ownerRole])
    if (database.rowCount === 0) await client.query(`CREATE DATABASE ${ownerRole} OWNER ${ownerRole}`)
  } finally {
    await client.end()
  }
}
