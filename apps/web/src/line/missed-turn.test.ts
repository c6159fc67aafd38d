import { concertId, type Entry } from '@greenroom/contract'
import { expect, test } from 'vitest'
import { forgetTurns, leaveLine, noteTurn, readMissedTurn } from './missed-turn.ts'

const concert = concertId.parse(1)
const offered: Entry = { state: 'offered', pass: 'pass', claimBeforeMs: 60_000, asOfMs: 1 }
const active: Entry = { state: 'active', pass: 'pass', expiresAtMs: 600_000, asOfMs: 1 }
const out: Entry = { state: 'none' }

/** A device that was told of a turn until 60 s. */
function deviceWithTurn() {
  const texts = new Map<string, string>()
  const store = {
    getItem: (key: string) => texts.get(key) ?? null,
    setItem: (key: string, value: string) => void texts.set(key, value),
    removeItem: (key: string) => void texts.delete(key),
    key: (at: number) => [...texts.keys()][at] ?? null,
    get length() {
      return texts.size
    },
  }
  noteTurn(store, concert, offered, 1)
  return {
    store,
    hears: (entry: Entry, nowMs: number): void => noteTurn(store, concert, entry, nowMs),
    missed: (nowMs = 300_000) => readMissedTurn(store, concert, nowMs),
  }
}

test('a turn that ran out is missed, however often it is looked at', () => {
  const { hears, missed } = deviceWithTurn()
  for (const nowMs of [60_000, 70_000, 300_000]) hears(out, nowMs)
  expect(missed()).toBe(60_000)
})

test('a turn that was taken is not missed, also when its time inside is over', () => {
  const { hears, missed } = deviceWithTurn()
  hears(active, 30_000)
  hears(out, 700_000)
  expect(missed()).toBeUndefined()
})

test('a turn that was given up on another device before its end is not missed', () => {
  const { hears, missed } = deviceWithTurn()
  hears(out, 30_000)
  expect(missed()).toBeUndefined()
})

test('a turn that is given up here is not missed, from the moment that the place is gone', async () => {
  const { store, missed } = deviceWithTurn()
  const seen: unknown[] = []
  await leaveLine({ leave: () => Promise.resolve(void seen.push(missed())) }, concert, store)
  expect([...seen, missed()]).toEqual([undefined, undefined])
})

test('who signs in next on the device has missed nothing, and what else is kept there stays', () => {
  const { store, missed } = deviceWithTurn()
  noteTurn(store, concertId.parse(2), offered, 1)
  store.setItem('greenroom.alerts', 'sound')
  forgetTurns(store)
  expect([missed(), store.length, store.getItem('greenroom.alerts')]).toEqual([undefined, 1, 'sound'])
})
