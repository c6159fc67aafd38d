import { expect, test } from 'vitest'
import type { AccountId, ConcertId, LineMove } from '@greenroom/contract'
import { sqlState } from '../platform/database.ts'
import { breakingDeps } from '../testing/breaking-deps.ts'
import { changeLine } from '../testing/change-line.ts'
import { passOf } from '../testing/entry-pass.ts'
import { makeFan } from '../testing/make-fan.ts'
import { joinAll, makeQueue, present } from '../testing/make-queue.ts'
import { makeShow } from '../testing/make-show.ts'
import { createTestDeps } from '../testing/test-deps.ts'
import { admit, admitStaff, copyLineHistory, enterSale, joinLine, leaveLine, readEntry } from './index.ts'
import { lineKeys } from './line-script-store.ts'

const deps = await createTestDeps()

async function movesOf(concertId: ConcertId, fanId?: AccountId): Promise<[fan: AccountId, move: LineMove][]> {
  const { rows } = await deps.db.pool.query<{ fan: AccountId; move: LineMove }>(
    `select fan_id as fan, move from line_moves
     where concert_id = $1 and ($2::bigint is null or fan_id = $2) order by id`,
    [concertId, fanId ?? null],
  )
  return rows.map(({ fan, move }) => [fan, move])
}

async function gapsOf(concertId: ConcertId): Promise<string[]> {
  const { rows } = await deps.db.pool.query<{ reason: string }>(
    'select reason from line_history_gaps where concert_id = $1 order by id',
    [concertId],
  )
  return rows.map(({ reason }) => reason)
}

const tellTimes = (concertId: ConcertId) => deps.redis.xlen(lineKeys(concertId).at(-1) ?? '')

test('tells of each fan what became of the place, in order, once', async () => {
  const { concertId, fans } = await makeQueue(deps, 4)
  const [buyer, late, leaver, idle] = fans as [AccountId, AccountId, AccountId, AccountId]
  await copyLineHistory(deps, concertId)
  await leaveLine(deps, { concertId, fanId: leaver })
  await changeLine(deps, concertId, { capacity: 3, claim_window_ms: 1_000, pass_ttl_ms: 1_000 })
  await admit(deps, { concertId })
  await enterSale(deps, {
    concertId,
    fanId: buyer,
    pass: passOf(await readEntry(deps, { concertId, fanId: buyer })),
  })
  const after = async (fan: AccountId): Promise<void> => {
    const stateOf = async () => (await readEntry(deps, { concertId, fanId: fan })).state
    await expect.poll(stateOf, { timeout: 20_000 }).toBe('none')
  }
  await after(late)
  await after(buyer)
  await admit(deps, { concertId })
  await copyLineHistory(deps, concertId)
  await copyLineHistory(deps, concertId)
  const told = async (fan: AccountId) => (await movesOf(concertId, fan)).map(([, move]) => move)
  expect(await told(buyer)).toEqual(['joined', 'offered', 'entered', 'ended'])
  expect(await told(late)).toEqual(['joined', 'offered', 'missed'])
  expect(await told(leaver)).toEqual(['joined', 'left'])
  expect(await told(idle)).toEqual(['joined', 'offered', 'missed'])
  expect(await gapsOf(concertId)).toEqual([])
})

test('who walks in and who is let in by an operator are told of, too; a draw when it is over', async () => {
  const { concertId } = await makeShow(deps)
  const walker = await makeFan(deps)
  await admit(deps, { concertId })
  await joinLine(deps, { concertId, fanId: walker })
  const staff = await makeFan(deps)
  const { rows } = await deps.db.pool.query<{ email: string }>('select email from accounts where id = $1', [
    staff,
  ])
  await admitStaff(deps, { concertId, operatorId: walker, email: rows[0]?.email ?? '' })
  await copyLineHistory(deps, concertId)
  expect(await movesOf(concertId)).toEqual([
    [walker, 'offered'],
    [walker, 'entered'],
    [staff, 'staff'],
    [staff, 'entered'],
  ])

  const drawn = await makeShow(deps, { capacity: 0 })
  await changeLine(deps, drawn.concertId, {
    mode: 'lottery',
    lottery_seed: 'a seed',
    lottery_commitment: 'its hash',
    lobby_opens_at: new Date(Date.now() - 60_000),
    opens_at: new Date(Date.now() + 60_000),
  })
  const inLobby = await joinAll(deps, drawn.concertId, 3)
  await copyLineHistory(deps, drawn.concertId)
  expect(await movesOf(drawn.concertId)).toEqual([])
  await changeLine(deps, drawn.concertId, { opens_at: new Date(Date.now() - 1_000) })
  await admit(deps, { concertId: drawn.concertId })
  await copyLineHistory(deps, drawn.concertId)
  const moves = await movesOf(drawn.concertId)
  expect(new Set(moves)).toEqual(new Set(inLobby.map(({ fanId }) => [fanId, 'drawn'])))
})

test('says between which moments somebody joined', async () => {
  const { concertId } = await makeQueue(deps, 1)
  await copyLineHistory(deps, concertId)
  const [second] = await joinAll(deps, concertId, 1)
  await copyLineHistory(deps, concertId)
  const { rows } = await deps.db.pool.query<{ fanId: AccountId; first: boolean; bounded: boolean }>(
    `select fan_id as "fanId", not_before is null as first, not_before <= at as bounded
     from line_moves where concert_id = $1 order by id`,
    [concertId],
  )
  expect(rows).toMatchObject([{ first: true }, { fanId: second?.fanId, first: false, bounded: true }])
})

test('a crowd larger than one read is copied whole, in the order of its places', async () => {
  const { concertId, fans } = await makeQueue(deps, 25)
  for (let run = 0; run < 4; run++) await copyLineHistory(deps, concertId, { mostEntries: 20, mostPlaces: 4 })
  expect(await movesOf(concertId)).toEqual(fans.map((fan) => [fan, 'joined']))
})

test('two copiers at once leave nothing out and nothing twice', async () => {
  const { concertId, fans } = await makeQueue(deps, 30)
  const limits = { mostEntries: 20, mostPlaces: 3 }
  for (let run = 0; run < 12; run++)
    await Promise.all([1, 2, 3].map(() => copyLineHistory(deps, concertId, limits)))
  expect(await movesOf(concertId)).toEqual(fans.map((fan) => [fan, 'joined']))
})

test('killed at any statement, or after the commit, nothing is left out and nothing is there twice', async () => {
  for (const breakPoint of [{ before: 2 }, { before: 3 }, { before: 4 }, 'afterCommit'] as const) {
    const { concertId, fans } = await makeQueue(deps, 3)
    const broken = breakingDeps(deps, breakPoint)
    await expect(copyLineHistory(broken.deps, concertId)).rejects.toThrow(/terminat|connection/i)
    await copyLineHistory(deps, concertId)
    expect(await movesOf(concertId)).toEqual(fans.map((fan) => [fan, 'joined']))
  }
})

test('what is copied goes from Redis', async () => {
  const { concertId, fans } = await makeQueue(deps, 3)
  for (const fanId of fans) await leaveLine(deps, { concertId, fanId })
  expect(await tellTimes(concertId)).toBe(3)
  await copyLineHistory(deps, concertId)
  expect(await movesOf(concertId)).toHaveLength(3)
  expect(await gapsOf(concertId)).toEqual([])
})

test('a Redis that lost the line leaves a gap that is told, and who comes back is no newcomer', async () => {
  const { concertId, crowd } = await makeQueue(deps, 3)
  await copyLineHistory(deps, concertId)
  await deps.redis.unlink(lineKeys(concertId))
  await present(deps, concertId, crowd)
  const [fresh] = await joinAll(deps, concertId, 1)
  await copyLineHistory(deps, concertId)
  expect(await gapsOf(concertId)).toEqual(['redisLost'])
  expect((await movesOf(concertId)).slice(3)).toEqual([[fresh?.fanId, 'joined']])
  await copyLineHistory(deps, concertId)
  expect(await gapsOf(concertId)).toHaveLength(1)
})

test('moves that were dropped before they were copied are a gap', async () => {
  const { concertId, fans } = await makeQueue(deps, 4)
  await copyLineHistory(deps, concertId)
  for (const fanId of fans.slice(0, 2)) await leaveLine(deps, { concertId, fanId })
  await deps.redis.xtrim(lineKeys(concertId).at(-1) ?? '', 'MAXLEN', 1)
  await copyLineHistory(deps, concertId)
  expect(await gapsOf(concertId)).toEqual(['tooLate'])
  await leaveLine(deps, { concertId, fanId: fans[2] as AccountId })
  await deps.redis.unlink(lineKeys(concertId).at(-1) ?? '')
  await copyLineHistory(deps, concertId)
  expect(await gapsOf(concertId)).toEqual(['tooLate', 'tooLate'])
})

test('the app can neither change nor remove what was seen', async () => {
  for (const text of [
    "update line_moves set move = 'left'",
    "update line_history_gaps set reason = 'tooLate'",
    'delete from line_moves',
    'delete from line_history_gaps',
  ])
    expect(await deps.db.pool.query(text).then(() => text, sqlState)).toBe('42501')
})
