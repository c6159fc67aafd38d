import { createHash, createHmac } from 'node:crypto'
import { accountId, type Entry } from '@greenroom/contract'
import { expect, test } from 'vitest'
import { checkDraw } from './check-draw.ts'

const fanId = accountId.parse(42)
const seed = '5eed'
const commitment = createHash('sha256').update(seed).digest('hex')
const number = Number(createHmac('sha256', seed).update('42').digest().readBigUInt64BE(0) >> 25n)

/** A receipt as the server writes it: the place is in its middle, in the clear. */
function waitingBy(place: { e: number; s: number }): Entry {
  const body = Buffer.from(JSON.stringify({ c: 1, f: 42, ...place, iat: 1 })).toString('base64url')
  return {
    state: 'waiting',
    receipt: `head.${body}.mac`,
    ahead: 3,
    admittedTotalAtRead: 0,
    asOfMs: 1,
    refreshAfterMs: 1,
  }
}

test('the number that the seed gives this fan is the one they wait by', async () => {
  const entry = waitingBy({ e: 0, s: number })
  expect(await checkDraw({ seed, commitment }, { fanId, entry })).toEqual({
    isSeed: true,
    number,
    place: 'right',
  })
})

test('a receipt with another drawn number is found out', async () => {
  const entry = waitingBy({ e: 0, s: number - 1 })
  expect(await checkDraw({ seed, commitment }, { fanId, entry })).toMatchObject({ place: 'differs' })
})

test('a seed that was not committed to proves nothing', async () => {
  const entry = waitingBy({ e: 0, s: number })
  expect(await checkDraw({ seed: 'other', commitment }, { fanId, entry })).toEqual({ isSeed: false })
})

test.for<[string, Entry]>([
  ['who joined after the draw', waitingBy({ e: 1, s: 2 ** 39 + 7 })],
  ['who is not in line', { state: 'none' }],
])('%s does not wait by a drawn number', async ([, entry]) => {
  expect(await checkDraw({ seed, commitment }, { fanId, entry })).toMatchObject({ number, place: 'unknown' })
})
