import { sqlOracles, type Violation } from '@greenroom/oracles'
import pg from 'pg'

/** Messages may wait: whoever kills what sends them looks at them on its own. */
const oracles = sqlOracles.filter(({ about }) => about !== 'messages')

/** The oracles that do not hold, each with what breaks it, all at one moment; empty when the books are right. */
export async function findBrokenRules(databaseUrl: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    await client.query('begin isolation level repeatable read, read only')
    const broken: string[] = []
    for (const { name, sql } of oracles) {
      const { rows } = await client.query<Pick<Violation, 'fault'>>(sql)
      broken.push(...rows.map(({ fault }) => `${name}: ${fault}`))
    }
    return broken
  } finally {
    await client.end()
  }
}
