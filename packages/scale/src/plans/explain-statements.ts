import type { Deps } from '@greenroom/core'
import { escapeLiteral, type Pool, type PoolClient } from 'pg'

/** How Postgres runs one named statement of the product. */
export type Plan = { name: string; sql: string; lines: string[] }

type Named = { name: string; text: string; values?: unknown[] }
type Query = (...args: unknown[]) => Promise<unknown>

/**
 * The same `deps`, whose every named statement is explained the first time it is sent: just before it runs, in its own
 * transaction, with its own values, on its own connection, so with the settings and the generic plan that the product has. What the
 * explaining did is rolled back.
 */
export function explainStatements(deps: Deps): { deps: Deps; plans: Map<string, Plan> } {
  const plans = new Map<string, Plan>()
  const isNew = (statement: unknown): statement is Named => {
    const name = nameOf(statement)
    return name !== undefined && !plans.has(name)
  }
  const note = async (client: PoolClient, statement: Named): Promise<void> => {
    const { name, text } = statement
    // taken before it is known, or two at once would both explain it
    plans.set(name, { name, sql: text, lines: [] })
    plans.set(name, { name, sql: text, lines: await explain(client, statement) })
  }
  const inTransaction = (client: PoolClient): PoolClient =>
    replaceQuery(client, async (query, statement) => {
      if (isNew(statement)) {
        await client.query('savepoint before_explain')
        await note(client, statement)
        await client.query('rollback to savepoint before_explain')
      }
      return await query()
    })
  const { pool } = deps.db
  const alone: Pool = replaceQuery(pool, async (query, statement) => {
    if (isNew(statement)) {
      const client = await pool.connect()
      try {
        await client.query('begin')
        await note(client, statement)
        await client.query('rollback')
      } finally {
        client.release()
      }
    }
    return await query()
  })
  const observed = new Proxy(alone, {
    get: (target, property) => {
      if (property === 'connect') return async () => inTransaction(await pool.connect())
      const value: unknown = Reflect.get(target, property)
      return value
    },
  })
  return { deps: { ...deps, db: { ...deps.db, pool: observed } }, plans }
}

/** `target` with its `query` led through `around`; everything else is its own. */
function replaceQuery<T extends object>(
  target: T,
  around: (query: () => Promise<unknown>, statement: unknown) => Promise<unknown>,
): T {
  return new Proxy(target, {
    get: (real, property) => {
      const value: unknown = Reflect.get(real, property)
      if (typeof value !== 'function') return value
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a method of pg's, called as it is
      const method = value.bind(real) as Query
      if (property !== 'query') return method
      return async (...args: unknown[]) => await around(() => method(...args), args[0])
    },
  })
}

function nameOf(statement: unknown): string | undefined {
  const name: unknown = Reflect.get(Object(statement), 'name')
  return typeof name === 'string' && name !== '' ? name : undefined
}

const prepared = 'explained'

async function explain(client: PoolClient, { text, values = [] }: Named): Promise<string[]> {
  await client.query(`prepare ${prepared} as ${text}`)
  try {
    const parameters = values.length === 0 ? '' : `(${values.map(literalOf).join(', ')})`
    const { rows } = await client.query<{ 'QUERY PLAN': string }>(
      `explain (analyze, buffers, costs off, timing off, summary off) execute ${prepared}${parameters}`,
    )
    return rows.map((row) => row['QUERY PLAN'])
  } finally {
    await client.query(`deallocate ${prepared}`)
  }
}

/** A value as SQL, in the text form in which pg sends it: Postgres knows the parameter's type. */
function literalOf(value: unknown): string {
  if (value === null || value === undefined) return 'null'
  return escapeLiteral(Array.isArray(value) ? arrayText(value) : plainText(value))
}

function arrayText(values: readonly unknown[]): string {
  const items = values.map((value) => {
    if (value === null || value === undefined) return 'NULL'
    if (Array.isArray(value)) return arrayText(value)
    return `"${plainText(value).replace(/["\\]/g, '\\$&')}"`
  })
  return `{${items.join(',')}}`
}

function plainText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
