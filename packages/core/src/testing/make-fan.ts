import type { AccountId } from '@greenroom/contract'
import type { Deps } from '../platform/deps.ts'

/** A fan with an empty wallet, inserted plainly: no password opens this account. */
export async function makeFan(deps: Deps): Promise<AccountId> {
  const [fanId] = await makeFans(deps, 1)
  if (fanId === undefined) throw new Error('no fan was inserted')
  return fanId
}

/** Many fans in one statement, for tests that need a crowd. */
export async function makeFans(deps: Deps, count: number): Promise<AccountId[]> {
  const { rows } = await deps.db.pool.query<{ id: AccountId }>(
    `with fans as (
       insert into accounts (email, name, password_hash)
       select 'fan-' || gen_random_uuid() || '@test.example', 'Fan ' || n, 'none'
       from generate_series(1, $1) n
       returning id
     ), opened as (
       insert into wallets (kind, account_id, balance_minor) select 'fan', id, 0 from fans
     )
     select id from fans order by id`,
    [count],
  )
  return rows.map((row) => row.id)
}
