import { randomBytes } from 'node:crypto'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import { Client, DatabaseError } from 'pg'

import { appUrlOf } from '../app-login.ts'
import { readStackEnv } from '../env.ts'
import { identifyProcess } from '../process-identity.ts'
import { entryFiles, hashContents, repositoryRoot } from '../repository.ts'
import { runScript } from '../run-script.ts'

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
  const server = serverUrl ?? requireTestDatabaseUrl()
  const name = `test_${process.pid}_${randomBytes(5).toString('hex')}`
  await withClient(server, async (client) => {
    const template = await ensureTemplate(client, server)
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
    await ensureTemplate(client, serverUrl)
  })
}

// 'greenroom' in ASCII, cut to 32 bits: the lock under which one process builds the template.
const templateLock = 0x67726565

async function ensureTemplate(client: Client, server: string): Promise<string> {
  const migrations = dirname(entryFiles.migrate)
  const core = `${repositoryRoot}/packages/core/src`
  const template = `template_${hashContents([migrations, ...['migrate', 'app-login'].map((name) => `${core}/platform/${name}.ts`)]).slice(0, 16)}`
  if (await hasDatabase(client, template)) return template
  await client.query('SELECT pg_advisory_lock($1)', [templateLock])
  try {
    if (!(await hasDatabase(client, template))) await buildTemplate(client, server, template)
  } finally {
    await client.query('SELECT pg_advisory_unlock($1)', [templateLock])
  }
  return template
}

/** Under another name until it is complete: a template that exists is a migrated one. */
async function buildTemplate(client: Client, server: string, template: string): Promise<void> {
  const unfinished = `${template}_unfinished`
  await dropDatabase(client, unfinished)
  await client.query(`CREATE DATABASE ${unfinished}`)
  const ownerUrl = withDatabase(server, unfinished)
  const env = { ...readStackEnv().all, DATABASE_OWNER_URL: ownerUrl, DATABASE_URL: appUrlOf(ownerUrl) }
  const lines: string[] = []
  await runScript({
    name: 'migrating the template of the test databases',
    file: entryFiles.migrate,
    env,
    onLine: (line) => lines.push(line),
  }).catch((error: unknown) => {
    throw new Error(lines.join('\n'), { cause: error })
  })
  await client.query(`ALTER DATABASE ${unfinished} RENAME TO ${template}`)
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

/** Autovacuum works as superuser: while it is in the database, FORCE is refused us. It is never there for long. */
async function dropDatabase(client: Client, name: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
      return
    } catch (error) {
      if (attempt === dropAttempts || !(error instanceof DatabaseError) || error.code !== notPermitted)
        throw error
      await sleep(100)
    }
  }
}

const dropAttempts = 100
const notPermitted = '42501'

async function hasDatabase(client: Client, name: string): Promise<boolean> {
  const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name])
  return found.rowCount === 1
}

async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

function withDatabase(serverUrl: string, name: string): string {
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  return url.href
}

function requireTestDatabaseUrl(): string {
  const { testDatabaseUrl } = readStackEnv()
  if (testDatabaseUrl !== undefined) return testDatabaseUrl
  throw new Error('no test stack: name the file *.int.test.ts, or set TEST_DATABASE_URL and TEST_REDIS_URL')
}
