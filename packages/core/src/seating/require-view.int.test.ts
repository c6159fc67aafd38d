import { expect, test } from 'vitest'
import { givePass } from '../testing/give-pass.ts'
import { makeFan } from '../testing/make-fan.ts'
import { makeShow } from '../testing/make-show.ts'
import { createTestDeps } from '../testing/test-deps.ts'
import { holdSeats } from '../reservations/index.ts'
import { openSeatMirror, readSeatChanges, readSeatSnapshot } from './index.ts'

const deps = await createTestDeps()
const mirror = openSeatMirror(deps)
const show = await makeShow(deps)
const { concertId, showId } = show
const fanId = await makeFan(deps)

const outcome = (answer: Promise<unknown>): Promise<unknown> =>
  answer.then(
    () => 'seen',
    (error: unknown) => Reflect.get(Object(error), 'code'),
  )

test('without a pass an operator sees the seats and what changed, and nobody else does', async () => {
  for (const [role, expected] of [
    ['operator', 'seen'],
    ['fan', 'PASS_REQUIRED'],
    [undefined, 'PASS_REQUIRED'],
  ] as const) {
    const viewer = { showId, fanId, role }
    expect(await outcome(readSeatSnapshot(deps, mirror, viewer))).toBe(expected)
    expect(await outcome(readSeatChanges(deps, { ...viewer, after: 0 }))).toBe(expected)
  }
})

test('a pass lets its fan look, whoever that is, and nobody else', async () => {
  const pass = await givePass(deps, { concertId, fanId })
  expect(await outcome(readSeatSnapshot(deps, mirror, { showId, fanId, role: 'fan', pass }))).toBe('seen')
  const other = await makeFan(deps)
  for (const role of ['fan', 'operator'] as const)
    expect(await outcome(readSeatSnapshot(deps, mirror, { showId, fanId: other, role, pass }))).toBe(
      'PASS_REFUSED',
    )
})

test('looking is all that it lets an operator do: a hold takes a pass', async () => {
  const seatIds = show.seatIds.slice(0, 1)
  expect(await outcome(holdSeats(deps, { fanId, showId, pass: '', seatIds }))).toBe('PASS_REFUSED')
})
