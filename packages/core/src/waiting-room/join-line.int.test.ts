import { setTimeout as sleep } from 'node:timers/promises'
import { type AccountId, type ConcertId, DomainError, type Entry } from '@greenroom/contract'
import { describe, expect, test } from 'vitest'
import { changeLine } from '../testing/change-line.ts'
import { joinWithout } from '../testing/join-without.ts'
import { makeFan, makeFans } from '../testing/make-fan.ts'
import { waitingFans } from '../testing/make-queue.ts'
import { makeShow, type ShowOptions } from '../testing/make-show.ts'
import { createTestDeps } from '../testing/test-deps.ts'
import { admit, joinLine, leaveLine, readEntry, readLineStatus } from './index.ts'
import { drawSeed, drawnPlace } from './place.ts'

const deps = await createTestDeps()

const refusalOf = (error: unknown): unknown =>
  error instanceof DomainError ? { code: error.code, ...error.details } : error

const receiptOf = (entry: Entry): string => {
  if (entry.state !== 'waiting') throw new Error(`the fan is not waiting but ${entry.state}`)
  return entry.receipt
}

/** A line that lets nobody in, so that everybody keeps a place to look at. */
const makeFullLine = async (options: ShowOptions = {}): Promise<ConcertId> =>
  (await makeShow(deps, { capacity: 0, ...options })).concertId

const makeTwoFans = async (): Promise<[AccountId, AccountId]> => [await makeFan(deps), await makeFan(deps)]

describe('a fan who comes to an empty line', () => {
  test('with room to spare is active at once, and is told the same pass again', async () => {
    const { concertId } = await makeShow(deps)
    await admit(deps, { concertId })
    const fanId = await makeFan(deps)
    const first = await joinLine(deps, { concertId, fanId })
    const second = await joinLine(deps, { concertId, fanId })
    if (first.entry.state !== 'active' || second.entry.state !== 'active') throw new Error('not active')
    expect(second.entry.pass).toBe(first.entry.pass)
    expect(first.progress.phase).toBe('open')
  })

  test('is active at once even when no worker has ever ticked, and so is a whole crowd at the same moment', async () => {
    const { concertId } = await makeShow(deps)
    const fans = await makeFans(deps, 40)
    const joined = await Promise.all(fans.map((fanId) => joinLine(deps, { concertId, fanId })))
    expect(joined.map(({ entry }) => entry.state)).toEqual(fans.map(() => 'active'))
  })

  test('waits when the room is full, or when fewer seats are left than fans are inside', async () => {
    const full = await makeShow(deps, { capacity: 1 })
    const scarce = await makeShow(deps, { seatCount: 1 })
    for (const { concertId } of [full, scarce]) {
      await admit(deps, { concertId })
      const [first, second] = await makeTwoFans()
      expect((await joinLine(deps, { concertId, fanId: first })).entry.state).toBe('active')
      expect((await joinLine(deps, { concertId, fanId: second })).entry).toMatchObject({
        state: 'waiting',
        ahead: 0,
      })
    }
  })
})

describe('same place for the same fan', () => {
  test('ten tabs at once get the same place, and so does every later look', async () => {
    const concertId = await makeFullLine()
    const [first, fanId, last] = await makeFans(deps, 3)
    if (first === undefined || fanId === undefined || last === undefined) throw new Error('three fans')
    await joinLine(deps, { concertId, fanId: first })
    const tabs = await Promise.all(Array.from({ length: 10 }, () => joinLine(deps, { concertId, fanId })))
    await joinLine(deps, { concertId, fanId: last })
    const later = [
      await joinLine(deps, { concertId, fanId }),
      await readLineStatus(deps, { concertId, fanId }),
    ]
    expect(new Set([...tabs, ...later].map(({ entry }) => receiptOf(entry))).size).toBe(1)
    expect(await readEntry(deps, { concertId, fanId })).toMatchObject({ state: 'waiting', ahead: 1 })
    expect(await waitingFans(deps, concertId)).toEqual([first, fanId, last])
  })

  test('either guard alone keeps the place; without both, the second tab loses what the first one had', async () => {
    const look = { "local place = tonumber(redis.call('ZSCORE', waiting, fan) or nil)": 'local place = nil' }
    const onlyNew = {
      "redis.call('ZADD', waiting, 'NX', place, fan)": "redis.call('ZADD', waiting, place, fan)",
    }
    const orders = []
    for (const guards of [look, onlyNew, { ...look, ...onlyNew }]) {
      const concertId = await makeFullLine()
      const [fanId, other] = await makeTwoFans()
      await readLineStatus(deps, { concertId, fanId })
      for (const fan of [fanId, other, fanId]) await joinWithout(deps, guards, { concertId, fanId: fan })
      orders.push((await waitingFans(deps, concertId)).map((fan) => (fan === fanId ? 'fan' : 'other')))
    }
    expect(orders).toEqual([
      ['fan', 'other'],
      ['fan', 'other'],
      ['other', 'fan'],
    ])
  })
})

describe('FIFO by acknowledged order', () => {
  test('whoever was answered before another one asked is let in before them', async () => {
    const { concertId } = await makeShow(deps, { seatCount: 300, capacity: 0 })
    const fans = await makeFans(deps, 240)
    const spans = new Map<AccountId, { askedAt: number; answeredAt: number }>()
    let clock = 0
    const queue = [...fans]
    const tab = async (): Promise<void> => {
      for (let fanId = queue.shift(); fanId !== undefined; fanId = queue.shift()) {
        const askedAt = clock++
        await joinLine(deps, { concertId, fanId })
        spans.set(fanId, { askedAt, answeredAt: clock++ })
      }
    }
    await Promise.all(Array.from({ length: 12 }, tab))
    await changeLine(deps, concertId, { capacity: 7 })
    const order: AccountId[] = []
    while (order.length < fans.length) {
      const { offered } = await admit(deps, { concertId })
      order.push(...offered)
      for (const fanId of offered) await leaveLine(deps, { concertId, fanId })
    }
    const inversions = order.flatMap((later, index) =>
      order.slice(0, index).filter((sooner) => {
        const [one, other] = [spans.get(later), spans.get(sooner)]
        return one === undefined || other === undefined || one.answeredAt < other.askedAt
      }),
    )
    expect(inversions).toEqual([])
    expect(new Set(order)).toEqual(new Set(fans))
  })
})

describe('the lobby', () => {
  const makeLobby = async () => {
    const concertId = await makeFullLine({ seatCount: 100 })
    const draw = drawSeed()
    await changeLine(deps, concertId, {
      mode: 'lottery',
      lottery_seed: draw.seed,
      lottery_commitment: draw.commitment,
      lobby_opens_at: new Date(Date.now() - 60_000),
      opens_at: new Date(Date.now() + 3_600_000),
    })
    return { concertId, draw }
  }

  test('lines up by the draw, not by who came first; who comes after the opening stands behind all of it', async () => {
    const { concertId, draw } = await makeLobby()
    const fans = await makeFans(deps, 60)
    const lobby = fans.slice(0, 50)
    for (const fanId of lobby) {
      const { entry } = await joinLine(deps, { concertId, fanId })
      expect(entry).toMatchObject({ state: 'waiting', ahead: null })
    }
    await changeLine(deps, concertId, { opens_at: new Date(Date.now() - 1_000) })
    const late = fans.slice(50)
    for (const fanId of late) await joinLine(deps, { concertId, fanId })
    const drawn = lobby.toSorted((a, b) => drawnPlace(draw.seed, a).seq - drawnPlace(draw.seed, b).seq)
    expect(await waitingFans(deps, concertId)).toEqual([...drawn, ...late])
    expect(drawn).not.toEqual(lobby)
    expect(await readEntry(deps, { concertId, fanId: late[0] as AccountId })).toMatchObject({ ahead: 50 })
  })

  test('shows the commitment before and the seed only when nobody can be drawn any more', async () => {
    const { concertId, draw } = await makeLobby()
    const fanId = await makeFan(deps)
    const before = await joinLine(deps, { concertId, fanId })
    expect(before.draw).toEqual({ commitment: draw.commitment, seed: null })
    await changeLine(deps, concertId, { opens_at: new Date(Date.now() - 10_000) })
    expect((await readLineStatus(deps, { concertId, fanId })).draw).toEqual(draw)
  })

  test('once the first place was given in order, a process whose settings are old cannot draw any more', async () => {
    const { concertId } = await makeLobby()
    const [drawn, inOrder, behind] = await makeFans(deps, 3)
    if (drawn === undefined || inOrder === undefined || behind === undefined) throw new Error('three fans')
    await joinLine(deps, { concertId, fanId: drawn })
    await changeLine(deps, concertId, { override: 'open' })
    await joinLine(deps, { concertId, fanId: inOrder })
    await changeLine(deps, concertId, { override: null })
    await joinLine(deps, { concertId, fanId: behind })
    expect(await waitingFans(deps, concertId)).toEqual([drawn, inOrder, behind])
  })

  test('gives the same place to a fan who left and came back', async () => {
    const { concertId } = await makeLobby()
    const fanId = await makeFan(deps)
    const first = await joinLine(deps, { concertId, fanId })
    await leaveLine(deps, { concertId, fanId })
    expect(await waitingFans(deps, concertId)).toEqual([])
    const again = await joinLine(deps, { concertId, fanId })
    expect(receiptOf(again.entry)).toBe(receiptOf(first.entry))
  })
})

describe('who may not join', () => {
  test.each([
    ['before the lobby', { opens_at: new Date(Date.now() + 60_000) }, 'before'],
    ['after the end', { closes_at: new Date(Date.now() - 1_000) }, 'closed'],
    ['while draining', { override: 'draining' as const }, 'draining'],
    ['in a closed line', { override: 'closed' as const }, 'closed'],
  ])('a newcomer %s is told the phase', async (_when, columns, phase) => {
    const concertId = await makeFullLine()
    await changeLine(deps, concertId, columns)
    const joined = await joinLine(deps, { concertId, fanId: await makeFan(deps) }).catch(refusalOf)
    expect(joined).toEqual({ code: 'LINE_CLOSED', phase })
    expect(await waitingFans(deps, concertId)).toEqual([])
  })

  test('who was in line before the draining stays where they are', async () => {
    const concertId = await makeFullLine()
    const fanId = await makeFan(deps)
    const before = await joinLine(deps, { concertId, fanId })
    await changeLine(deps, concertId, { override: 'draining' })
    expect(receiptOf((await joinLine(deps, { concertId, fanId })).entry)).toBe(receiptOf(before.entry))
  })

  test('a concert that does not exist is not found', async () => {
    const joined = await joinLine(deps, {
      concertId: 999_999 as ConcertId,
      fanId: await makeFan(deps),
    }).catch(refusalOf)
    expect(joined).toEqual({ code: 'NOT_FOUND', what: 'concert' })
  })

  test("another fan's receipt is refused and moves neither of them", async () => {
    const concertId = await makeFullLine()
    const [owner, thief] = await makeTwoFans()
    const receipt = receiptOf((await joinLine(deps, { concertId, fanId: owner })).entry)
    const stolen = await joinLine(deps, { concertId, fanId: thief, receipt }).catch(refusalOf)
    expect(stolen).toEqual({ code: 'RECEIPT_REFUSED', reason: 'otherFan' })
    expect(await waitingFans(deps, concertId)).toEqual([owner])
  })
})

describe('leaving', () => {
  test('moves up those behind, and an old receipt does not bring the place back', async () => {
    const concertId = await makeFullLine()
    const [quitter, next] = await makeTwoFans()
    const receipt = receiptOf((await joinLine(deps, { concertId, fanId: quitter })).entry)
    await joinLine(deps, { concertId, fanId: next })
    expect(await leaveLine(deps, { concertId, fanId: quitter })).toEqual({ left: true })
    expect(await leaveLine(deps, { concertId, fanId: quitter })).toEqual({ left: false })
    expect(await readEntry(deps, { concertId, fanId: next })).toMatchObject({ state: 'waiting', ahead: 0 })
    await joinLine(deps, { concertId, fanId: quitter, receipt })
    expect(await waitingFans(deps, concertId)).toEqual([next, quitter])
  })
})

test('the numbers everybody sees are read at most twice a second, however many ask', async () => {
  const concertId = await makeFullLine()
  const fans = await makeFans(deps, 30)
  await Promise.all(fans.map((fanId) => joinLine(deps, { concertId, fanId })))
  await sleep(550)
  const seen = await Promise.all(fans.map((fanId) => readLineStatus(deps, { concertId, fanId })))
  expect(new Set(seen.map(({ progress }) => progress.asOfMs)).size).toBe(1)
  expect(seen[0]?.progress.waiting).toBe(30)
})
