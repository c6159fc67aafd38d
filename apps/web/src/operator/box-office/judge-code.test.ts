import { type ScanVerdict, showId, ticketId } from '@greenroom/contract'
import { beforeEach, expect, test, vi } from 'vitest'
import { type GateMeans, judgeCode } from './judge-code.ts'
import { readKeptScans, settleScan } from './kept-scans.ts'
import { makeStore } from './testing/make-store.ts'
import { publicKeys, signCode } from './testing/sign-code.ts'

const gate = showId.parse(3)
const code = signCode({ t: 7, s: 3, n: 20 })
const forged: ScanVerdict = { verdict: 'forged' }

beforeEach(() => {
  vi.stubGlobal('isSecureContext', true)
})

/** A device and a network that is there or not; `asked` has the keys that the server was asked under. */
function makeGate() {
  const asked: string[] = []
  const network = { isThere: false }
  const ask: GateMeans['ask'] = async ({ idempotencyKey }) => {
    asked.push(idempotencyKey)
    if (!network.isThere) throw new TypeError('no network')
    return forged
  }
  const means = { ask, store: makeStore(), keys: publicKeys, nowMs: 5 }
  return {
    asked,
    ask,
    network,
    store: means.store,
    judge: (text: string) => judgeCode(means, { showId: gate, code: text }),
  }
}

test('a ticket that was let in without a connection is let in no second time, before the server knows of it either', async () => {
  const { asked, network, store, judge } = makeGate()
  expect(await judge(code)).toEqual({ answer: { verdict: 'offline', ticketId: 7 }, isOffline: true })
  const again = { answer: { verdict: 'offlineAgain', ticketId: 7, atMs: 5 } }
  expect(await judge(code)).toEqual(again)
  network.isThere = true
  expect(await judge(code)).toEqual(again)
  // the same ticket in other words: its code was written anew
  expect(await judge(signCode({ t: 7, s: 3, n: 20, v: 2 }))).toEqual(again)
  expect(asked).toHaveLength(1)
  // told under the key of the first: one whose answer alone was lost is the same scan
  expect(readKeptScans(store)).toEqual([
    { ticketId: ticketId.parse(7), showId: gate, code, key: asked[0], atMs: 5 },
  ])
  settleScan(store, asked[0] ?? '', 'admitted')
  expect(await judge(code)).toEqual({ answer: forged, isOffline: false })
})

test('without a connection a ticket of another show and what is none are not let in, and not kept', async () => {
  const { store, judge } = makeGate()
  expect((await judge(signCode({ t: 7, s: 4, n: 20 }))).answer).toEqual({
    verdict: 'offlineElsewhere',
    ticketId: 7,
  })
  expect((await judge('https://greenroom.example')).answer).toEqual({ verdict: 'forged' })
  expect(readKeptScans(store)).toEqual([])
})

test('a gate that cannot check says so, lets nobody in and keeps nothing', async () => {
  const { store, network, ask } = makeGate()
  const keyless = { ask, store, keys: [], nowMs: 5 }
  const judged = await judgeCode(keyless, { showId: gate, code })
  expect(judged).toEqual({ answer: { verdict: 'unchecked' }, isOffline: true })
  expect(readKeptScans(store)).toEqual([])
  network.isThere = true
  expect((await judgeCode(keyless, { showId: gate, code })).answer).toEqual(forged)
})
