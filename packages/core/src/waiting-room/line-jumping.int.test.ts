import { createHmac, createSign, generateKeyPairSync } from 'node:crypto'
import { type AccountId, type ConcertId, DomainError } from '@greenroom/contract'
import { describe, expect, test } from 'vitest'
import { signToken } from '../platform/signed-token.ts'
import { changeLine } from '../testing/change-line.ts'
import { walkIn } from '../testing/entry-pass.ts'
import { makeFan, makeFans } from '../testing/make-fan.ts'
import { makeQueue, waitingFans } from '../testing/make-queue.ts'
import { makeShow } from '../testing/make-show.ts'
import { redisNowMs } from '../testing/redis-now.ts'
import { createTestDeps } from '../testing/test-deps.ts'
import { admit, enterSale, joinLine, leaveLine, readLineStatus, requirePass } from './index.ts'

const deps = await createTestDeps()

const refusalOf = async (call: Promise<unknown>): Promise<unknown> =>
  await call.then(
    () => 'taken',
    (error: unknown) => {
      if (error instanceof DomainError) return { code: error.code, ...error.details }
      throw error
    },
  )
const base64 = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
const bodyOf = (token: string): Record<string, number> =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'))

async function queue(): Promise<{
  concertId: ConcertId
  first: AccountId
  last: AccountId
  receipt: string
}> {
  const { concertId, crowd } = await makeQueue(deps, 3)
  const [first, , last] = crowd
  if (first === undefined || last === undefined) throw new Error('three fans')
  return { concertId, first: first.fanId, last: last.fanId, receipt: first.receipt }
}

describe('nobody gets ahead', () => {
  test('by the receipt of who stands further in front, and the line stays as it was', async () => {
    const { concertId, last, receipt } = await queue()
    const before = await waitingFans(deps, concertId)
    for (const call of [joinLine, readLineStatus])
      expect(await refusalOf(call(deps, { concertId, fanId: last, receipt }))).toMatchObject({
        code: 'RECEIPT_REFUSED',
        reason: 'otherFan',
      })
    expect(await waitingFans(deps, concertId)).toEqual(before)
  })

  test('by a receipt of another line', async () => {
    const [here, there] = [await queue(), await queue()]
    const own = await joinLine(deps, { concertId: there.concertId, fanId: here.last })
    if (own.entry.state !== 'waiting') throw new Error('not waiting')
    const { receipt } = own.entry
    expect(
      await refusalOf(joinLine(deps, { concertId: here.concertId, fanId: here.last, receipt })),
    ).toMatchObject({ reason: 'otherConcert' })
  })

  test('by a receipt altered to an earlier place, epoch or time, whatever algorithm its head names', async () => {
    const { concertId, last } = await queue()
    const status = await readLineStatus(deps, { concertId, fanId: last })
    if (status.entry.state !== 'waiting') throw new Error('not waiting')
    const body = bodyOf(status.entry.receipt)
    const wishes = [{ s: 2 ** 39 + 1 }, { e: 0 }, { s: 1 }, { iat: 0 }, { e: 0, s: 0, iat: 2 ** 40 }].map(
      (wish) => base64({ ...body, ...wish }),
    )
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const publicText = publicKey.export({ type: 'spki', format: 'pem' }).toString()
    const forge = (payload: string): string[] => {
      const hs = (head: object, key: string | Buffer, hash = 'sha256'): string => {
        const text = `${base64(head)}.${payload}`
        return `${text}.${createHmac(hash, key).update(text).digest('base64url')}`
      }
      const none = `${base64({ alg: 'none', typ: 'JWT' })}.${payload}`
      const rs = `${base64({ alg: 'RS256', typ: 'JWT' })}.${payload}`
      return [
        `${none}.`,
        none,
        `${base64({ alg: 'None' })}.${payload}.`,
        `${rs}.${createSign('sha256').update(rs).sign(privateKey).toString('base64url')}`,
        hs({ alg: 'HS256', typ: 'JWT' }, publicText),
        hs({ alg: 'HS256', typ: 'JWT' }, ''),
        hs({ alg: 'HS256', typ: 'JWT', kid: '../../dev/null' }, ''),
        // the right key under another head: what is verified is one fixed head
        hs({ alg: 'HS512', typ: 'JWT' }, deps.keys.receipt, 'sha512'),
        hs({ typ: 'JWT', alg: 'HS256' }, deps.keys.receipt),
        hs({ alg: 'HS256', typ: 'JWT', kid: 'other', jwk: {} }, deps.keys.receipt),
        // keys of other purposes
        hs({ alg: 'HS256', typ: 'JWT' }, deps.keys.pass),
        hs({ alg: 'HS256', typ: 'JWT' }, deps.keys.session),
        status.entry.state === 'waiting' ? status.entry.receipt.replace(/\.[^.]+\./, `.${payload}.`) : '',
      ]
    }
    const before = await waitingFans(deps, concertId)
    const answers = []
    for (const receipt of wishes.flatMap(forge)) {
      answers.push(await refusalOf(joinLine(deps, { concertId, fanId: last, receipt })))
    }
    expect(answers.filter((answer) => Object(answer).reason !== 'invalid')).toEqual([])
    expect(answers).toHaveLength(wishes.length * 13)
    expect(await waitingFans(deps, concertId)).toEqual(before)
  })

  test('guard off: who knows the key writes their own place, so the key is what it all hangs on', async () => {
    const { concertId, last, first } = await queue()
    const status = await readLineStatus(deps, { concertId, fanId: last })
    if (status.entry.state !== 'waiting') throw new Error('not waiting')
    const receipt = signToken(deps.keys.receipt, { ...bodyOf(status.entry.receipt), s: 2 ** 39 })
    await joinLine(deps, { concertId, fanId: last, receipt })
    expect((await waitingFans(deps, concertId)).slice(0, 2)).toEqual([last, first])
  })

  test('by many tabs and devices: however many join, leave nothing and look, the fan has one place', async () => {
    const { concertId, last } = await queue()
    const calls = Array.from({ length: 30 }, (_, at) =>
      at % 3 === 0
        ? readLineStatus(deps, { concertId, fanId: last })
        : joinLine(deps, { concertId, fanId: last }),
    )
    const receipts = (await Promise.all(calls)).map(({ entry }) => entry.state === 'waiting' && entry.receipt)
    expect(new Set(receipts).size).toBe(1)
    expect((await waitingFans(deps, concertId)).filter((fanId) => fanId === last)).toHaveLength(1)
  })

  test('by the receipt of a place that was given up', async () => {
    const { concertId, first, receipt } = await queue()
    await leaveLine(deps, { concertId, fanId: first })
    await joinLine(deps, { concertId, fanId: first, receipt })
    expect((await waitingFans(deps, concertId)).at(-1)).toBe(first)
  })

  test('by an offer shown again after its window, or a pass handed to another', async () => {
    const { concertId, first, last } = await queue()
    await changeLine(deps, concertId, { capacity: 1, claim_window_ms: 1_000 })
    await admit(deps, { concertId })
    const { entry } = await readLineStatus(deps, { concertId, fanId: first })
    if (entry.state !== 'offered') throw new Error(`the fan is ${entry.state}`)
    await expect.poll(() => redisNowMs(deps), { timeout: 10_000 }).toBeGreaterThan(entry.claimBeforeMs)
    for (const call of [enterSale, requirePass])
      expect(await refusalOf(call(deps, { concertId, fanId: first, pass: entry.pass }))).toMatchObject({
        code: 'PASS_REFUSED',
        reason: 'expired',
      })
    // one that its fan made with another of our keys is none
    const made = signToken(deps.keys.receipt, { ...bodyOf(entry.pass), exp: 2 ** 45 })
    expect(await refusalOf(enterSale(deps, { concertId, fanId: first, pass: made }))).toMatchObject({
      reason: 'invalid',
    })
    const open = await makeShow(deps)
    const [owner = await makeFan(deps)] = await makeFans(deps, 1)
    const pass = await walkIn(deps, { concertId: open.concertId, fanId: owner })
    for (const call of [requirePass, enterSale])
      expect(await refusalOf(call(deps, { concertId: open.concertId, fanId: last, pass }))).toMatchObject({
        reason: 'otherFan',
      })
    const longer = signToken(deps.keys.receipt, { ...bodyOf(pass), exp: 2 ** 45 })
    expect(
      await refusalOf(requirePass(deps, { concertId: open.concertId, fanId: owner, pass: longer })),
    ).toMatchObject({ reason: 'invalid' })
  })
})
