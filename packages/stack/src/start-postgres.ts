import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import { Client } from 'pg'

import type { DataFolder } from './data-folder.ts'
import { makeCluster, makeRoleAndDatabase, ownerRole, postgresEnv } from './make-cluster.ts'
import { pickPort } from './ports.ts'
import { findPostgresBinaries, type PostgresBinaries } from './postgres-binaries.ts'
import { type Child, spawnChild } from './spawn-child.ts'
import { readPidFile, stopLeftover } from './stop-leftover.ts'
import { waitUntilOurs } from './wait-until-ours.ts'

export type PostgresServer = Child & {
  port: number
  /** the owner's: it owns its database and is no superuser; the processes have another, see app-login.ts */
  url: string
  /** the superuser, for tests of the server itself */
  adminUrl: string
}

export type PostgresOptions = {
  data: DataFolder
  /** a restart keeps the port its clients know */
  port?: number
  /** the cluster is a copy of another, with that one's roles and password; nothing is made in it */
  copyOf?: { password: string }
  onLine: (line: string) => void
}

const stopTimeoutMs = 20_000

/**
 * Starts the private Postgres of a data folder on loopback and answers once it takes connections. Makes the cluster,
 * the role and the database where missing; a server that a killed launcher left behind on this folder is stopped
 * first. Everything durable stays on (fsync, full_page_writes, synchronous_commit).
 * Throws one clear sentence when it dies at start, or when another server answers on its port.
 */
export async function startPostgres(options: PostgresOptions): Promise<PostgresServer> {
  const { data } = options
  const binaries = findPostgresBinaries(data.user)
  const folder = join(data.folderFor('postgres'), 'data')
  await stopLeftover({ pidFile: pidFileOf(folder), folder, signal: 'SIGINT', graceMs: stopTimeoutMs })
  if (options.copyOf === undefined && !existsSync(join(folder, 'PG_VERSION')))
    await makeCluster(data, binaries.initdb, folder)

  for (let attempt = 1; ; attempt++) {
    try {
      return await startOnce(options, binaries, folder)
    } catch (error) {
      if (attempt === startAttempts || !isPassing(error, options.port)) throw error
      await sleep(250)
    }
  }
}

const startAttempts = 20

/** After kill -9 the backends need a moment to notice; and a port we picked may be taken by another before we use it. */
function isPassing(error: unknown, fixedPort: number | undefined): boolean {
  if (!(error instanceof Error)) return false
  if (error.message.includes('pre-existing shared memory block')) return true
  return fixedPort === undefined && error.message.includes('could not create any TCP/IP sockets')
}

async function startOnce(
  options: PostgresOptions,
  binaries: PostgresBinaries,
  folder: string,
): Promise<PostgresServer> {
  const { data } = options
  const port = options.port ?? (await pickPort())
  const child = await spawnChild({
    command: binaries.postgres,
    args: ['-D', folder, '-p', String(port), ...settings],
    cwd: '/',
    env: postgresEnv,
    user: data.user,
    // SIGINT is Postgres's fast shutdown: it rolls back what is open and writes a clean checkpoint.
    stopSignal: 'SIGINT',
    stopTimeoutMs,
    onLine: options.onLine,
  })
  const password = options.copyOf?.password ?? data.secrets.postgresPassword
  const urlFor = (role: string, database: string): string =>
    `postgres://${role}:${password}@127.0.0.1:${port}/${database}`
  const server = {
    ...child,
    port,
    url: urlFor(ownerRole, ownerRole),
    adminUrl: urlFor('postgres', 'postgres'),
  }
  try {
    await waitUntilPostgresIsOurs(server, folder)
    if (options.copyOf === undefined) await makeRoleAndDatabase(server.adminUrl, password)
  } catch (error) {
    await child.stop()
    throw error
  }
  return server
}

const settings = Object.entries({
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '300',
  shared_buffers: '256MB',
  // Short statements only: compiling a plan costs more than running it.
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_min_messages: 'warning',
}).flatMap(([name, value]) => ['-c', `${name}=${value}`])

const pidFileOf = (folder: string): string => join(folder, 'postmaster.pid')

/**
 * Waits until the server at that URL answers, and is the process we started on that folder: another one may sit on the
 * port, and even know the password of a copied data folder. Throws one clear sentence when it is not, or never answers.
 */
export async function waitUntilPostgresIsOurs(
  server: Omit<PostgresServer, 'kill' | 'stop'>,
  folder: string,
): Promise<void> {
  await waitUntilOurs('Postgres', server, async () => {
    const answer = await askDataFolder(server.adminUrl)
    if (answer !== undefined && answer !== folder) {
      throw new Error(`another Postgres answers on port ${server.port}: it serves ${answer}, not ${folder}`)
    }
    return answer === folder && readPidFile(pidFileOf(folder)) === server.pid
  })
}

/** Which folder does the server on this port serve? undefined: none answers yet, or not with our password. */
async function askDataFolder(adminUrl: string): Promise<string | undefined> {
  const client = new Client({ connectionString: adminUrl, connectionTimeoutMillis: 2_000 })
  try {
    await client.connect()
    const answer = await client.query<{ folder: string }>(
      `SELECT current_setting('data_directory') AS folder`,
    )
    return answer.rows[0]?.folder
  } catch (error) {
    if (error instanceof Error) return undefined
    throw error
  } finally {
    await client.end()
  }
}
