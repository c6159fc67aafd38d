import type { AccountId, ConcertId } from '@greenroom/contract'
import { expect, test } from 'vitest'
import { changeLine } from '../testing/change-line.ts'
import { makeFan } from '../testing/make-fan.ts'
import { makeQueue, waitingFans } from '../testing/make-queue.ts'
import { makeShow } from '../testing/make-show.ts'
import { createTestDeps } from '../testing/test-deps.ts'
import { admit, joinLine, readEntry } from './index.ts'
import type { Line } from './line.ts'
import { readLineRow } from './line-store.ts'
import { drawSeed, firstFifoSeq } from './place.ts'
import { askPlace, claimOffer, type FoundPlace } from './queue-store.ts'

const deps = await createTestDeps()

/** One step in Redis and nothing around it: no look before, no tick after. */
async function askOnce(line: Line, fanId: AccountId): Promise<FoundPlace> {
  return await askPlace(deps, line, { fanId, mayJoin: true, mayAdmit: false, isProven: false })
}

async function makeLobby(): Promise<Line> {
  const { concertId } = await makeShow(deps, { capacity: 0 })
  const { seed, commitment } = drawSeed()
  await changeLine(deps, concertId, {
    mode: 'lottery',
    lottery_seed: seed,
    lottery_commitment: commitment,
    lobby_opens_at: new Date('2020-01-01'),
    opens_at: new Date('2100-01-01'),
  })
  return (await readLineRow(deps.db, concertId)).line
}

function seqOf(found: FoundPlace): number {
  if (found.state !== 'waiting') throw new Error(`the fan is ${found.state}`)
  return found.place.seq
}

test('the first place given in order ends the draw, with no tick and whatever another process thinks the time is', async () => {
  const lobby = await makeLobby()
  expect(seqOf(await askOnce(lobby, await makeFan(deps)))).toBeLessThan(firstFifoSeq)
  const first = await askOnce({ ...lobby, override: 'open' }, await makeFan(deps))
  const late = await askOnce(lobby, await makeFan(deps))
  expect(seqOf(late)).toBeGreaterThan(seqOf(first))
})

test('an offer whose window passes between the look and the claim is not claimed', async () => {
  const { line, fanId } = await makeOffer()
  const entry = await readEntry(deps, { concertId: line.concertId, fanId })
  expect(entry.state).toBe('offered')
  const found = await askOnce(line, fanId)
  if (found.state !== 'inside') throw new Error(`the fan is ${found.state}`)
  await deps.redis.zadd(`{wr:${line.concertId}}:inside`, found.nowMs - 1, String(fanId))
  expect((await claimOffer(deps, line, { fanId, place: found.place })).state).toBe('none')
})

async function makeOffer(): Promise<{ line: Line; fanId: AccountId }> {
  const { concertId, fans } = await makeQueue(deps, 1)
  await changeLine(deps, concertId, { capacity: 1 })
  const [fanId] = (await admit(deps, { concertId })).offered
  if (fanId === undefined || fanId !== fans[0]) throw new Error('nobody was offered a turn')
  return { line: (await readLineRow(deps.db, concertId)).line, fanId }
}

test('a newcomer stands behind those who wait, also when there is room for everybody', async () => {
  const { concertId, fans } = await makeQueueWithRoom()
  const newcomer = await makeFan(deps)
  expect((await joinLine(deps, { concertId, fanId: newcomer })).entry).toMatchObject({
    state: 'waiting',
    ahead: fans.length,
  })
  expect(await waitingFans(deps, concertId)).toEqual([...fans, newcomer])
})

/** The room has grown since the last tick, which is a moment ago. */
async function makeQueueWithRoom(): Promise<{ concertId: ConcertId; fans: AccountId[] }> {
  const { concertId, fans } = await makeQueue(deps, 3)
  await admit(deps, { concertId })
  await changeLine(deps, concertId, { capacity: 10 })
  return { concertId, fans }
}
