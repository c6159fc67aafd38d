import { expect, onTestFinished, test } from 'vitest'
import { openServers } from '../machine/open-servers.ts'
import { explainStatements } from './explain-statements.ts'
import { findScans, formatPlans, pagesOf } from './format-plans.ts'
import { explainSale } from './run-plans.ts'

test('no hot statement reads a whole table, and one that does is found', async () => {
  const servers = await openServers()
  onTestFinished(servers.stop)
  const plans = await explainSale(servers, 40)
  const found = { small: plans, large: plans, smallSeats: 40, largeSeats: 40 }
  expect(findScans(found)).toEqual([])
  const names = plans.flatMap((operation) => operation.plans.map(({ name }) => name))
  const usual = ['read-scene', 'place-free-holds', 'charge-wallets', 'settle-sales', 'take-oldest-events']
  expect(names).toEqual(expect.arrayContaining([...usual, 'place-holds', 'sell-seats']))
  expect(new Set(names).size).toBe(names.length)
  expect(formatPlans(found, 'a commit')).toContain('No statement reads a whole table')

  const { deps, plans: planted } = explainStatements(servers.deps)
  const text = 'select count(*) from accounts where name = $1'
  await deps.db.pool.query({ name: 'planted', text, values: ['Fan'] })
  const whole = [{ operation: 'planted', plans: [...planted.values()] }]
  expect(findScans({ ...found, large: whole })).toHaveLength(1)
}, 180_000)

test('what is explained leaves nothing behind, and what follows runs as always', async () => {
  const servers = await openServers()
  onTestFinished(servers.stop)
  const { deps, plans } = explainStatements(servers.deps)
  const insert = {
    name: 'insert',
    text: `insert into accounts (email, name, password_hash) values ($1, $2, 'none')`,
    values: ['one@scale.example', `O'Neill "the fan"`],
  }
  const client = await deps.db.pool.connect()
  await client.query('begin')
  await client.query(insert)
  await client.query('commit')
  client.release()
  const { rows } = await deps.db.pool.query<{ name: string }>({
    name: 'select',
    text: 'select name from accounts where email = any($1::text[])',
    values: [['one@scale.example', null]],
  })
  expect(rows).toEqual([{ name: `O'Neill "the fan"` }])
  expect([...plans.keys()]).toEqual(['insert', 'select'])
  expect(pagesOf(plans.get('select') ?? { lines: [] })).toBeGreaterThan(0)
}, 180_000)
