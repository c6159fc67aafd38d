import {
  type AccountId,
  type Challenge,
  type ConcertId,
  DomainError,
  isDomainError,
} from '@greenroom/contract'
import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { listAudit } from '../testing/list-audit.ts'
import { changeLine } from '../testing/change-line.ts'
import { emptyRedis } from '../testing/empty-redis.ts'
import { joinWithout } from '../testing/join-without.ts'
import { makeFan, makeFans } from '../testing/make-fan.ts'
import { waitingFans } from '../testing/make-queue.ts'
import { makeShow } from '../testing/make-show.ts'
import { createTestDeps } from '../testing/test-deps.ts'
import { admit, joinLine, leaveLine, readLineStatus } from '../waiting-room/index.ts'
import { guardLine, inspectLineGuards } from './index.ts'
import { challengeLifeMs, signWork } from './work.ts'

const deps = await createTestDeps()
const operatorId = await makeFan(deps)

const refusalOf = async (call: Promise<unknown>): Promise<unknown> =>
  await call.then(
    () => 'taken',
    (error: unknown) => {
      if (error instanceof DomainError) return { code: error.code, ...error.details }
      throw error
    },
  )

/** A line that lets nobody in and asks newcomers for a little work. */
async function makeGuardedLine(change: Partial<Parameters<typeof guardLine>[1]> = {}): Promise<ConcertId> {
  const { concertId } = await makeShow(deps, { capacity: 0 })
  await guardLine(deps, { concertId, operatorId, challenge: 'work', challengeBits: 8, ...change })
  return concertId
}

async function askedFor(
  concertId: ConcertId,
  fanId: AccountId,
): Promise<Extract<Challenge, { kind: 'work' }>> {
  try {
    await joinLine(deps, { concertId, fanId, door: {} })
  } catch (error) {
    if (isDomainError(error, 'CHALLENGE_REQUIRED') && error.details.challenge.kind === 'work')
      return error.details.challenge
    throw error
  }
  return expect.fail('nothing was asked')
}

/** By another program than the client's: the rule as the README says it. */
function solve({ challenge, bits }: { challenge: string; bits: number }): string {
  const seed = createHash('sha256').update(challenge).digest('base64url')
  const answers = Array.from({ length: 8 }, (_, puzzle) => {
    for (let answer = 0; ; answer++) {
      const hash = createHash('sha256').update(`${seed}${puzzle}${answer}`).digest()
      if (Math.clz32(hash.readUInt32BE(0)) >= bits - 3) return answer
    }
  })
  return `${challenge}:${answers.join(',')}`
}

const join = (concertId: ConcertId, fanId: AccountId, proof?: string) =>
  joinLine(deps, { concertId, fanId, door: { proof } })

describe('a line that asks for work', () => {
  test('refuses a newcomer without it, and takes one who did it', async () => {
    const concertId = await makeGuardedLine()
    const fanId = await makeFan(deps)
    const challenge = await askedFor(concertId, fanId)
    expect(challenge).toMatchObject({ bits: 8 })
    expect(await waitingFans(deps, concertId)).toEqual([])
    expect((await join(concertId, fanId, solve(challenge))).entry.state).toBe('waiting')
  })

  test('asks who has a place for nothing: tabs, devices, repeats, a receipt after Redis was emptied', async () => {
    const concertId = await makeGuardedLine()
    const fanId = await makeFan(deps)
    const { entry } = await join(concertId, fanId, solve(await askedFor(concertId, fanId)))
    if (entry.state !== 'waiting') throw new Error(`the fan is ${entry.state}`)
    const tabs = await Promise.all(Array.from({ length: 10 }, () => join(concertId, fanId)))
    expect(new Set(tabs.map((tab) => tab.entry.state === 'waiting' && tab.entry.receipt))).toEqual(
      new Set([entry.receipt]),
    )
    await emptyRedis(deps)
    expect(await refusalOf(join(concertId, fanId))).toMatchObject({ code: 'CHALLENGE_REQUIRED' })
    const back = await joinLine(deps, { concertId, fanId, receipt: entry.receipt, door: {} })
    expect(back.entry.state).toBe('waiting')
    expect(await waitingFans(deps, concertId)).toEqual([fanId])
  })

  test('takes a proof once: who left does the work again', async () => {
    const concertId = await makeGuardedLine()
    const fanId = await makeFan(deps)
    const proof = solve(await askedFor(concertId, fanId))
    await join(concertId, fanId, proof)
    await leaveLine(deps, { concertId, fanId })
    expect(await refusalOf(join(concertId, fanId, proof))).toEqual({
      code: 'CHALLENGE_REFUSED',
      reason: 'spent',
    })
    expect(await waitingFans(deps, concertId)).toEqual([])
    expect((await join(concertId, fanId, solve(await askedFor(concertId, fanId)))).entry.state).toBe(
      'waiting',
    )
  })

  test('of ten joins at once with one proof one makes the place and the others find it', async () => {
    const concertId = await makeGuardedLine()
    const fanId = await makeFan(deps)
    const proof = solve(await askedFor(concertId, fanId))
    const joined = await Promise.all(Array.from({ length: 10 }, () => join(concertId, fanId, proof)))
    expect(new Set(joined.map(({ entry }) => entry.state === 'waiting' && entry.receipt)).size).toBe(1)
    expect(await waitingFans(deps, concertId)).toEqual([fanId])
  })

  test('guard off: without the note of spent proofs one proof joins again and again', async () => {
    const concertId = await makeGuardedLine()
    const fanId = await makeFan(deps)
    const proofEndsMs = Date.now() + challengeLifeMs
    const off = { 'if spentMs and spentMs >= proofEndsMs then': 'if false then' }
    const joinAgain = async (guards: Record<string, string>): Promise<boolean> => {
      await leaveLine(deps, { concertId, fanId })
      await joinWithout(deps, guards, { concertId, fanId, guard: ['', '', proofEndsMs] })
      return (await waitingFans(deps, concertId)).length === 1
    }
    expect(await joinAgain({})).toBe(true)
    expect(await joinAgain({})).toBe(false)
    expect(await joinAgain(off)).toBe(true)
    expect(await joinAgain(off)).toBe(true)
  })

  test('is fooled by no proof of another fan, another line, another time, another key or less work', async () => {
    const concertId = await makeGuardedLine()
    const elsewhere = await makeGuardedLine()
    const [fanId, other] = await makeFans(deps, 2)
    if (fanId === undefined || other === undefined) throw new Error('two fans')
    const nowMs = Date.now()
    const own = await askedFor(concertId, fanId)
    const easy = signWork(deps, { concertId, fanId }, { bits: 7, nowMs })
    const late = signWork(deps, { concertId, fanId }, { bits: 8, nowMs: nowMs - challengeLifeMs - 1 })
    const forged = signWork(
      { keys: { ...deps.keys, challenge: deps.keys.receipt } },
      { concertId, fanId },
      { bits: 8, nowMs },
    )
    const proof = solve(own)
    const [, numbers = ''] = proof.split(':')
    const wrong: [string, string][] = [
      [solve(await askedFor(concertId, other)), 'otherFan'],
      [solve(await askedFor(elsewhere, fanId)), 'otherConcert'],
      [solve(late), 'expired'],
      [solve(easy), 'tooEasy'],
      [solve(forged), 'invalid'],
      [own.challenge, 'tooEasy'],
      [`${own.challenge}:`, 'tooEasy'],
      [`${own.challenge}:${numbers.split(',').slice(1).join(',')}`, 'tooEasy'],
      [`${own.challenge}:${numbers},0`, 'tooEasy'],
      [`${own.challenge}:${numbers.replaceAll(',', ',0')}`, 'tooEasy'],
      [`${proof}:`, 'invalid'],
      [proof.replace('.', '_'), 'invalid'],
      ['x', 'invalid'],
    ]
    const answers = []
    for (const [text] of wrong) answers.push(await refusalOf(join(concertId, fanId, text)))
    expect(answers).toEqual(wrong.map(([, reason]) => ({ code: 'CHALLENGE_REFUSED', reason })))
    expect(await waitingFans(deps, concertId)).toEqual([])
    expect((await join(concertId, fanId, proof)).entry.state).toBe('waiting')
  })

  test('a harder setting wants the harder work of everybody who has not joined yet', async () => {
    const concertId = await makeGuardedLine()
    const fanId = await makeFan(deps)
    const proof = solve(await askedFor(concertId, fanId))
    await guardLine(deps, { concertId, operatorId, challengeBits: 9 })
    expect(await refusalOf(join(concertId, fanId, proof))).toMatchObject({ reason: 'tooEasy' })
  })

  test('keeps no more of spent proofs than of those who came lately', async () => {
    const concertId = await makeGuardedLine({ challenge: 'off' })
    const key = `{wr:${concertId}}:proofs`
    const longAgo = Date.now() - 120_000
    await deps.redis.zadd(
      key,
      ...Array.from({ length: 30 }, (_, n) => [longAgo + n, `${1_000_000 + n}`]).flat(),
    )
    await guardLine(deps, { concertId, operatorId, challenge: 'work' })
    for (const fanId of await makeFans(deps, 15)) {
      await join(concertId, fanId, solve(await askedFor(concertId, fanId)))
    }
    expect(await deps.redis.zcard(key)).toBe(15)
  })
})

describe('a line that counts addresses', () => {
  const at = (address: string) => ({ address })

  test('takes so many accounts of one address at a time, and others of any other one', async () => {
    const concertId = await makeGuardedLine({ challenge: 'off', mostPerAddress: 2 })
    const [first, second, third, other] = await makeFans(deps, 4)
    if (first === undefined || second === undefined || third === undefined || other === undefined)
      throw new Error('four fans')
    await joinLine(deps, { concertId, fanId: first, door: at('2001:db8:1:2::1') })
    await joinLine(deps, { concertId, fanId: second, door: at('2001:db8:1:2:ffff::9') })
    const crowded = joinLine(deps, { concertId, fanId: third, door: at('2001:db8:1:2:3:4:5:6') })
    expect(await refusalOf(crowded)).toEqual({ code: 'ADDRESS_CROWDED', limit: 2 })
    await joinLine(deps, { concertId, fanId: other, door: at('2001:db8:1:3::1') })
    // who waits there asks as often as they like
    await joinLine(deps, { concertId, fanId: first, door: at('2001:db8:1:2::1') })
    expect(await waitingFans(deps, concertId)).toEqual([first, second, other])
  })

  test('takes the next one when somebody left or was let in', async () => {
    const concertId = await makeGuardedLine({ challenge: 'off', mostPerAddress: 1 })
    const [first, second, third] = await makeFans(deps, 3)
    if (first === undefined || second === undefined || third === undefined) throw new Error('three fans')
    const door = at('192.0.2.1')
    await joinLine(deps, { concertId, fanId: first, door })
    expect(await refusalOf(joinLine(deps, { concertId, fanId: second, door }))).toMatchObject({ limit: 1 })
    await leaveLine(deps, { concertId, fanId: first })
    expect(await refusalOf(joinLine(deps, { concertId, fanId: second, door }))).toBe('taken')
    await changeLine(deps, concertId, { capacity: 1 })
    expect((await admit(deps, { concertId })).offered).toEqual([second])
    expect(await refusalOf(joinLine(deps, { concertId, fanId: third, door }))).toBe('taken')
    await leaveLine(deps, { concertId, fanId: third })
    expect(await deps.redis.hgetall(`{wr:${concertId}}:addresses`)).toEqual({})
  })

  test('takes four addresses’ accounts of a network of 48 bits, however many it has', async () => {
    const concertId = await makeGuardedLine({ challenge: 'off', mostPerAddress: 1 })
    const fans = await makeFans(deps, 6)
    const ask = (nth: number) => {
      const fanId = fans[nth]
      if (fanId === undefined) throw new Error('six fans')
      return refusalOf(joinLine(deps, { concertId, fanId, door: at(`2001:db8:3:${nth}::1`) }))
    }
    for (const nth of [0, 1, 2, 3]) expect(await ask(nth)).toBe('taken')
    expect(await ask(4)).toEqual({ code: 'ADDRESS_CROWDED', limit: 4 })
    const [first, , , , fifth, sixth] = fans
    if (first === undefined || fifth === undefined || sixth === undefined) throw new Error('six fans')
    await leaveLine(deps, { concertId, fanId: first })
    expect(await ask(4)).toBe('taken')
    const off = { 'if inNetwork >= most then': 'if false then' }
    const guard: [string, number, ''] = ['2001:db8:3:5::/64', 1, '']
    await joinWithout(deps, {}, { concertId, fanId: sixth, guard })
    expect(await waitingFans(deps, concertId)).not.toContain(sixth)
    // guard off: each of its addresses has as many
    await joinWithout(deps, off, { concertId, fanId: sixth, guard })
    expect(await waitingFans(deps, concertId)).toContain(sixth)
    for (const fanId of fans) await leaveLine(deps, { concertId, fanId })
    expect(await deps.redis.hgetall(`{wr:${concertId}}:addresses`)).toEqual({})
  })

  test('of fifty accounts of one address at once no more than may wait get a place', async () => {
    const concertId = await makeGuardedLine({ challenge: 'off', mostPerAddress: 5 })
    const fans = await makeFans(deps, 50)
    const answers = await Promise.all(
      fans.map((fanId) => refusalOf(joinLine(deps, { concertId, fanId, door: at('198.51.100.7') }))),
    )
    expect(answers.filter((answer) => answer === 'taken')).toHaveLength(5)
    expect(await waitingFans(deps, concertId)).toHaveLength(5)
  })

  test('guard off: all fifty get a place', async () => {
    const concertId = await makeGuardedLine({ challenge: 'off', mostPerAddress: 5 })
    const fans = await makeFans(deps, 50)
    const off = { 'if count >= mostPerAddress then': 'if false then' }
    await admit(deps, { concertId })
    await Promise.all(
      fans.map((fanId) => joinWithout(deps, off, { concertId, fanId, guard: ['198.51.100.7', 5, ''] })),
    )
    expect(await waitingFans(deps, concertId)).toHaveLength(50)
  })

  test('never keeps a place from its fan: all come back with their receipts after a loss', async () => {
    const concertId = await makeGuardedLine({ challenge: 'off' })
    const door = at('203.0.113.4')
    const fans = await makeFans(deps, 3)
    const receipts = await Promise.all(
      fans.map(async (fanId) => {
        const { entry } = await joinLine(deps, { concertId, fanId, door })
        if (entry.state !== 'waiting') throw new Error(`the fan is ${entry.state}`)
        return { fanId, receipt: entry.receipt }
      }),
    )
    await guardLine(deps, { concertId, operatorId, mostPerAddress: 1 })
    await emptyRedis(deps)
    for (const { fanId, receipt } of receipts) await joinLine(deps, { concertId, fanId, receipt, door })
    expect(await waitingFans(deps, concertId)).toHaveLength(3)
    expect(await refusalOf(joinLine(deps, { concertId, fanId: await makeFan(deps), door }))).toMatchObject({
      code: 'ADDRESS_CROWDED',
    })
    const [one] = receipts
    if (one === undefined) throw new Error('three fans')
    expect((await readLineStatus(deps, { concertId, ...one })).entry.state).toBe('waiting')
  })
})

describe('an operator', () => {
  test('changes what is asked for, and is in the audit with what was before', async () => {
    const { concertId } = await makeShow(deps)
    expect(await inspectLineGuards(deps, concertId)).toEqual({
      challenge: 'off',
      challengeBits: 18,
      mostPerAddress: null,
      hasProvider: false,
    })
    await guardLine(deps, { concertId, operatorId, challenge: 'work', mostPerAddress: 40 })
    await guardLine(deps, { concertId, operatorId, challenge: 'work', mostPerAddress: 40 })
    await guardLine(deps, { concertId, operatorId, mostPerAddress: null })
    expect(await inspectLineGuards(deps, concertId)).toMatchObject({
      challenge: 'work',
      mostPerAddress: null,
    })
    const [last] = await listAudit(deps)
    expect(last).toMatchObject({
      action: 'line.guard',
      target: `concert ${concertId}`,
      before: { challenge: 'work', challengeBits: 18, mostPerAddress: 40 },
      after: { challenge: 'work', challengeBits: 18, mostPerAddress: null },
    })
  })

  test('who changes one thing while another changes another undoes nothing of theirs', async () => {
    const { concertId } = await makeShow(deps)
    for (let round = 1; round <= 15; round++) {
      await Promise.all([
        guardLine(deps, { concertId, operatorId, challengeBits: 8 + round }),
        guardLine(deps, { concertId, operatorId, mostPerAddress: round }),
      ])
      expect(await inspectLineGuards(deps, concertId)).toMatchObject({
        challengeBits: 8 + round,
        mostPerAddress: round,
      })
    }
  })

  test('hears that another changed the same meanwhile, and undoes nothing of it', async () => {
    const { concertId } = await makeShow(deps)
    const line = { concertId, operatorId }
    await guardLine(deps, { ...line, mostPerAddress: 5, from: { mostPerAddress: null } })
    const mine = { ...line, challenge: 'work' as const, mostPerAddress: 40 }
    const seen = { challenge: 'off' as const, mostPerAddress: null }
    await expect(guardLine(deps, { ...mine, from: seen })).rejects.toMatchObject({
      code: 'BAD_INPUT',
      details: { faults: [{ path: 'mostPerAddress', reason: 'changedMeanwhile' }] },
    })
    expect(await inspectLineGuards(deps, concertId)).toMatchObject({ challenge: 'off', mostPerAddress: 5 })
    await guardLine(deps, { ...mine, from: { ...seen, mostPerAddress: 5 } })
    expect(await inspectLineGuards(deps, concertId)).toMatchObject({ challenge: 'work', mostPerAddress: 40 })
  })

  test('is refused a concert that is none, and a provider that is none', async () => {
    const { concertId } = await makeShow(deps)
    const nowhere = 999_999 as ConcertId
    expect(await refusalOf(guardLine(deps, { concertId: nowhere, operatorId }))).toMatchObject({
      code: 'NOT_FOUND',
    })
    expect(await refusalOf(inspectLineGuards(deps, nowhere))).toMatchObject({ code: 'NOT_FOUND' })
    const asked = guardLine(deps, { concertId, operatorId, challenge: 'provider' })
    expect(await refusalOf(asked)).toMatchObject({ code: 'BAD_INPUT', faults: [{ path: 'challenge' }] })
  })
})
