import { DomainError, showId, ticketId } from '@greenroom/contract'
import { expect, test } from 'vitest'
import type { GateMeans } from './judge-code.ts'
import { keepScan, readKeptScans, readLateScans } from './kept-scans.ts'
import { tellKeptScans } from './tell-kept-scans.ts'
import { makeStore } from './testing/make-store.ts'

const gate = showId.parse(3)
const noConnection = new TypeError('Failed to fetch')
const refusedForGood = new DomainError('IDEMPOTENCY_KEY_REUSED', {})

/** A device that keeps `key-1` to `key-3`, and a server that throws what `refusals` names and calls the rest forged. */
function makeGate(refusals: Record<string, Error>) {
  const store = makeStore()
  for (const n of [1, 2, 3])
    keepScan(store, {
      ticketId: ticketId.parse(n),
      showId: gate,
      code: `code ${n}`,
      key: `key-${n}`,
      atMs: n,
    })
  const asked: string[] = []
  const ask: GateMeans['ask'] = async ({ idempotencyKey }) => {
    asked.push(idempotencyKey)
    const refusal = refusals[idempotencyKey]
    if (refusal !== undefined) throw refusal
    return { verdict: 'forged' }
  }
  let told = 0
  return {
    asked,
    tell: () => tellKeptScans({ store, ask }, () => told++),
    told: () => told,
    kept: () => readKeptScans(store).map(({ key }) => key),
    late: () => readLateScans(store).map(({ key, verdict }) => [key, verdict]),
  }
}

test('a scan that is refused for good stands in nobody’s way', async () => {
  const device = makeGate({ 'key-1': refusedForGood })
  await device.tell()
  expect(device.kept()).toEqual([])
  expect(device.late()).toEqual([
    ['key-1', 'failed'],
    ['key-2', 'forged'],
    ['key-3', 'forged'],
  ])
  expect([device.asked, device.told()]).toEqual([['key-1', 'key-2', 'key-3'], 3])
})

test.for([
  ['no connection', noConnection],
  ['a server that is not well', new DomainError('UNAVAILABLE', { retryAfterMs: 100 })],
  ['a session that ended', new DomainError('SIGN_IN_REQUIRED', {})],
  ['somebody who may not scan', new DomainError('FORBIDDEN', {})],
] as const)('%s leaves it and all after it kept, under their keys', async ([, failure]) => {
  const device = makeGate({ 'key-2': failure })
  await device.tell()
  expect([device.kept(), device.late()]).toEqual([['key-2', 'key-3'], [['key-1', 'forged']]])
  await device.tell()
  expect(device.asked).toEqual(['key-1', 'key-2', 'key-2'])
})
