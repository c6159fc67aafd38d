import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'

import { Client } from 'pg'

import { appUrlOf } from '../app-login.ts'
import { readStackEnv } from '../env.ts'
import { identifyProcess } from '../process-identity.ts'
import { dropDatabase } from './drop-database.ts'
import { ensureDemo, ensureMigrated, type EnsureTemplate, withDatabase } from './test-templates.ts'

export type TestDatabase = {
  /** the owner's, to look and to meddle; whoever starts the product's processes may pass it on */
  url: string
  /** what the product's processes connect with */
  appUrl: string
  /** the same on the tests' replica, where there is one */
  replicaUrl?: string
  /** removes it, whoever is connected; whoever forgets has it removed when a later test file starts */
  drop: () => Promise<void>
}

/**
 * A database of one's own, all migrations applied: a copy of a template that is migrated once per content of the
 * migrations. `serverUrl` is for tests with a Postgres of their own. Throws when no test stack is running.
 */
export async function createTestDatabase(serverUrl?: string): Promise<TestDatabase> {
  return await copyTemplate(serverUrl, ensureMigrated)
}

/**
 * The same with the demo in it. The template is seeded once, since the demo's 101 password hashes alone are 6 s of a processor;
 * in each copy the lines open as long after the copy was made as they would after seeding.
 */
export async function createDemoDatabase(serverUrl?: string): Promise<TestDatabase> {
  const copy = await copyTemplate(serverUrl, ensureDemo)
  await withClient(copy.url, async (client) => {
    await client.query(moveLines)
  })
  return copy
}

const moveLines = `
  update lines set opens_at = opens_at + age, lobby_opens_at = lobby_opens_at + age
  from (select id, now() - created_at as age from concerts) as seeded where seeded.id = concert_id`

async function copyTemplate(serverUrl: string | undefined, ensure: EnsureTemplate): Promise<TestDatabase> {
  const server = serverUrl ?? requireTestDatabaseUrl()
  const name = `test_${process.pid}_${randomBytes(5).toString('hex')}`
  await withClient(server, async (client) => {
    const template = await ensure(client, server)
    await dropAbandoned(client)
    // Copying by WAL needs no checkpoint, which is the slow part of FILE_COPY at this size (10 MB).
    await client.query(`CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY WAL_LOG`)
    // What migrating says of the database itself is not copied.
    await client.query(`REVOKE TEMPORARY ON DATABASE ${name} FROM PUBLIC`)
  })
  const drop = (): Promise<void> =>
    withClient(server, async (client) => {
      await waitForLeavers(client, name)
      await dropDatabase(client, name)
    })
  const { testReplicaUrl } = readStackEnv()
  const hasReplica = serverUrl === undefined && testReplicaUrl !== undefined
  return {
    url: withDatabase(server, name),
    appUrl: appUrlOf(withDatabase(server, name)),
    ...(hasReplica ? { replicaUrl: appUrlOf(withDatabase(testReplicaUrl, name)) } : {}),
    drop,
  }
}

/** Migrates the template now, so that no test file spends its own time on it. */
export async function prepareTestTemplate(serverUrl: string): Promise<void> {
  await withClient(serverUrl, async (client) => {
    await ensureMigrated(client, serverUrl)
  })
}

/** Databases of test processes that have ended. Only on a stack of this machine do the pids mean anything. */
async function dropAbandoned(client: Client): Promise<void> {
  const found = await client.query<{ name: string }>(
    `SELECT datname AS name FROM pg_database WHERE datname ~ '^test_[0-9]+_[0-9a-f]+$'`,
  )
  for (const { name } of found.rows) {
    if (identifyProcess(Number(name.split('_')[1])) === undefined) await dropDatabase(client, name)
  }
}

/**
 * A pool has ended before its connections have: one that is thrown out on its way says so to nobody, which fails the test
 * file. Whoever does not mean to leave is waited for as long, some 300 ms, and thrown out.
 */
async function waitForLeavers(client: Client, name: string): Promise<void> {
  for (let look = 0; look < mostLooks; look++) {
    const found = await client.query(
      "SELECT 1 FROM pg_stat_activity WHERE datname = $1 AND backend_type = 'client backend' LIMIT 1",
      [name],
    )
    if (found.rowCount === 0) return
    await sleep(10)
  }
}

const mostLooks = 30

async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

function requireTestDatabaseUrl(): string {
  const { testDatabaseUrl } = readStackEnv()
  if (testDatabaseUrl !== undefined) return testDatabaseUrl
  throw new Error('no test stack: name the file *.int.test.ts, or set TEST_DATABASE_URL and TEST_REDIS_URL')
}
