import { expect } from 'vitest'
import { inTransaction, sqlState, type Tx } from '../platform/database.ts'
import type { Deps } from '../platform/deps.ts'
import { asOwner } from './as-owner.ts'

/**
 * Keeps the rows that `lockText` locks, starts the commands one by one, each when the one before it waits for a lock, and
 * lets go. Postgres serves those who wait in the order in which they came, so this is how two commands meet in a chosen
 * order.
 */
export async function meetInOrder<T extends readonly (() => Promise<unknown>)[]>(
  deps: Deps,
  lock: { text: string; values: unknown[] },
  commands: T,
): Promise<PromiseSettledResult<unknown>[]> {
  const keeper = await deps.db.pool.connect()
  await keeper.query('begin')
  await keeper.query(lock.text, lock.values)
  const running: Promise<unknown>[] = []
  for (const command of commands) {
    running.push(Promise.allSettled([command()]).then(([outcome]) => outcome))
    await expect.poll(() => countWaiting(deps), { interval: 5, timeout: 4_000 }).toBe(running.length)
  }
  await keeper.query('rollback')
  keeper.release()
  return (await Promise.all(running)) as PromiseSettledResult<unknown>[]
}

/** What becomes of what another transaction does while one is under way that has taken its locks. */
export async function changeMeets(
  deps: Deps,
  takeLocks: (tx: Tx) => Promise<unknown>,
  change: (tx: Tx) => Promise<unknown>,
): Promise<'waits' | 'happens'> {
  return await inTransaction(deps.db, async (tx) => {
    await takeLocks(tx)
    const other = inTransaction(deps.db, async (its) => {
      await its.query("set local lock_timeout = '100ms'")
      await change(its)
    })
    return await other.then(
      () => 'happens' as const,
      (error: unknown) => {
        if (sqlState(error) === '55P03') return 'waits' as const
        throw error
      },
    )
  })
}

/** How many statements of this database wait for a lock now. */
export async function countWaiting(deps: Deps): Promise<number> {
  return await asOwner(deps, async (tx) => {
    const { rows } = await tx.query<{ waiting: number }>(
      `select count(*)::int as waiting from pg_stat_activity
       where datname = current_database() and wait_event_type = 'Lock'`,
    )
    return rows[0]?.waiting ?? 0
  })
}

/**
 * Keeps the rows that `lock` locks, starts the command, does `meddle` when it waits for them, and lets go: what happens to
 * others, or to the command, between two of its locks. `isKept` commits what `lock` did.
 */
export async function whileItWaits<T, Found>(
  deps: Deps,
  lock: { text: string; values: unknown[]; isKept?: boolean },
  command: () => Promise<T>,
  meddle: () => Promise<Found>,
): Promise<{ outcome: PromiseSettledResult<T>; found: Found }> {
  const keeper = await deps.db.pool.connect()
  await keeper.query('begin')
  await keeper.query(lock.text, lock.values)
  const running = Promise.allSettled([command()])
  await expect.poll(() => countWaiting(deps), { interval: 5, timeout: 4_000 }).toBe(1)
  const found = await meddle()
  await keeper.query(lock.isKept === true ? 'commit' : 'rollback')
  keeper.release()
  const [outcome] = await running
  return { outcome, found }
}

/** Which of the rows could be locked now, by their key, in its order. */
export async function findLockable(
  deps: Deps,
  rows: {
    table: 'seats' | 'wallets' | 'reservations' | 'fan_seat_counts'
    key: string
    values: readonly number[]
  },
): Promise<number[]> {
  const found = await deps.db.pool.query<{ key: number }>(
    `select ${rows.key} as key from ${rows.table} where ${rows.key} = any($1) order by 1 for update skip locked`,
    [rows.values],
  )
  return found.rows.map(({ key }) => key)
}
