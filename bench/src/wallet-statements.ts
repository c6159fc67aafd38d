import type { AccountId } from '@greenroom/contract'
import type { Deps } from '@greenroom/core'
import { Client } from 'pg'
import { intercept } from './intercept.ts'

/** How many statements `work` sends in its transaction, BEGIN and COMMIT left out. */
export async function countStatements(deps: Deps, work: (counted: Deps) => Promise<void>): Promise<number> {
  const texts: string[] = []
  const pool = intercept(deps.db.pool, 'connect', async (_args, connecting) => {
    const client = await connecting
    if (!(client instanceof Client)) throw new Error('the pool gave no connection')
    return intercept(client, 'query', ([statement], result) => {
      texts.push(textOf(statement))
      return result
    })
  })
  await work({ ...deps, db: { ...deps.db, pool } })
  const began = texts.indexOf('begin')
  const committed = texts.indexOf('commit', began)
  if (began < 0 || committed < began) throw new Error('no transaction was seen')
  return committed - began - 1
}

function textOf(statement: unknown): string {
  return typeof statement === 'object' && statement !== null && 'text' in statement
    ? String(statement.text)
    : String(statement)
}

const readWallet = {
  name: 'bench-read-wallet',
  text: 'select balance_minor from wallets where account_id = $1',
}
const writeWallet = {
  name: 'bench-write-wallet',
  text: 'update wallets set balance_minor = balance_minor + 1 where account_id = $1',
}

/** A transaction with that many round trips and the least work in each: rows by key, and one write for COMMIT to flush. */
export async function runStatements(deps: Deps, fanId: AccountId, count: number): Promise<void> {
  const client = await deps.db.pool.connect()
  try {
    await client.query('begin')
    for (let sent = 1; sent < count; sent++) await client.query({ ...readWallet, values: [fanId] })
    await client.query({ ...writeWallet, values: [fanId] })
    await client.query('commit')
  } finally {
    client.release()
  }
}
