import { estimateWait, type LineStatus, lineStatus } from '@greenroom/contract'
import { expect, test } from 'vitest'
import { progressExample } from './examples.ts'
import { placeOf } from './queue-place.ts'

const statusOf = (entry: unknown, outflowPerMinute: number | null = 60): LineStatus =>
  lineStatus.parse({
    fanId: 1,
    entry,
    progress: { ...progressExample, outflowPerMinute },
    opensAtMs: 1,
    lobbyOpensAtMs: null,
    draw: null,
  })
const waiting = {
  state: 'waiting',
  receipt: 'r',
  ahead: 119,
  admittedTotalAtRead: 0,
  asOfMs: 5,
  refreshAfterMs: 1_000,
}

test('the wait is a range by the measured flow', () => {
  const place = placeOf(statusOf(waiting))
  expect(place).toMatchObject({ state: 'WAITING', position: 120, ahead: 119, receipt: 'r', asOfMs: 5 })
  expect(place.eta).toEqual(estimateWait(119, 60))
  expect(place.eta?.lowMs).toBeLessThan(120_000)
  expect(place.eta?.highMs).toBeGreaterThan(120_000)
})

test('nothing flows, so nobody knows how long', () => {
  expect(placeOf(statusOf(waiting, null))).toMatchObject({ position: 120, eta: null })
  expect(placeOf(statusOf(waiting, 0))).toMatchObject({ position: 120, eta: null })
})

test('before the draw nobody knows the place either', () => {
  expect(placeOf(statusOf({ ...waiting, ahead: null }))).toMatchObject({
    state: 'WAITING',
    position: null,
    ahead: null,
    eta: null,
  })
})

test('an offer is ACTIVE until its claim window ends, a pass until it ends itself', () => {
  const inside = { pass: 'p', asOfMs: 5 }
  const offered = placeOf(statusOf({ ...inside, state: 'offered', claimBeforeMs: 9 }))
  expect(offered).toMatchObject({ state: 'ACTIVE', position: 0, ahead: 0, pass: 'p', passExpiresAtMs: 9 })
  const active = placeOf(statusOf({ ...inside, state: 'active', expiresAtMs: 11 }))
  expect(active).toMatchObject({ state: 'ACTIVE', pass: 'p', passExpiresAtMs: 11 })
})

test('no place is EXPIRED, as old as the line’s numbers', () => {
  expect(placeOf(statusOf({ state: 'none' }))).toMatchObject({
    state: 'EXPIRED',
    position: null,
    ahead: null,
    eta: null,
    asOfMs: progressExample.asOfMs,
  })
})
