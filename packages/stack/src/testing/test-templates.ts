import { dirname } from 'node:path'

import type { Client } from 'pg'

import { appUrlOf } from '../app-login.ts'
import { readStackEnv } from '../env.ts'
import { entryFiles, hashContents, repositoryRoot } from '../repository.ts'
import { runScript } from '../run-script.ts'
import { dropDatabase } from './drop-database.ts'
import { seedDemo } from './seed-demo.ts'

/** Makes a template of the server's, where it is missing, and says its name. */
export type EnsureTemplate = (client: Client, server: string) => Promise<string>

// 'greenroom' in ASCII, cut to 32 bits: the lock under which one process builds a template.
const templateLock = 0x67726565

/** All migrations applied, once per content of the migrations. */
export const ensureMigrated: EnsureTemplate = async (client, server) => {
  const migrations = dirname(entryFiles.migrate)
  const core = `${repositoryRoot}/packages/core/src`
  const made = hashContents([
    migrations,
    ...['migrate', 'app-login'].map((name) => `${core}/platform/${name}.ts`),
  ])
  return await buildOnce(client, `template_${made.slice(0, 16)}`, async (unfinished) => {
    await client.query(`CREATE DATABASE ${unfinished}`)
    await migrate(withDatabase(server, unfinished))
  })
}

/** The demo in it: once per content of what could change the demo. */
export const ensureDemo: EnsureTemplate = async (client, server) => {
  const migrated = await ensureMigrated(client, server)
  const made = hashContents(['core', 'contract'].map((name) => `${repositoryRoot}/packages/${name}/src`))
  return await buildOnce(client, `demo_${made.slice(0, 16)}`, async (unfinished) => {
    await client.query(`CREATE DATABASE ${unfinished} TEMPLATE ${migrated} STRATEGY WAL_LOG`)
    await seedDemo({ databaseUrl: withDatabase(server, unfinished) })
  })
}

/** Under another name until it is complete: a template that exists is a whole one. Answers the name it has then. */
async function buildOnce(
  client: Client,
  template: string,
  build: (unfinished: string) => Promise<void>,
): Promise<string> {
  if (await hasDatabase(client, template)) return template
  await client.query('SELECT pg_advisory_lock($1)', [templateLock])
  try {
    if (await hasDatabase(client, template)) return template
    const unfinished = `${template}_unfinished`
    await dropDatabase(client, unfinished)
    await build(unfinished)
    await client.query(`ALTER DATABASE ${unfinished} RENAME TO ${template}`)
  } finally {
    await client.query('SELECT pg_advisory_unlock($1)', [templateLock])
  }
  return template
}

async function migrate(ownerUrl: string): Promise<void> {
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
}

async function hasDatabase(client: Client, name: string): Promise<boolean> {
  const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name])
  return found.rowCount === 1
}

/** The same server by another database. */
export function withDatabase(serverUrl: string, name: string): string {
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  return url.href
}
