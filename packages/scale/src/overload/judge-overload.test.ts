import { expect, test } from 'vitest'
import type { CrowdCounts } from './crowd-load.ts'
import type { InsideCall } from './inside-fans.ts'
import { findOverloadFaults, judgeOverload } from './judge-overload.ts'
import type { OverloadFindings, Round } from './run-overload.ts'

const leftMs = 10_000

function callsOf(tookMs: number, fromMs: number): InsideCall[] {
  return Array.from({ length: 600 }, (_, index) => ({
    name: 'hold',
    beganMs: fromMs + index * 10,
    tookMs,
    ok: true,
  }))
}

const crowd: CrowdCounts = {
  seconds: 5,
  due: 20_000,
  unsent: 0,
  served: 5_000,
  refused: 15_000,
  failed: 0,
  servedMs: [900],
  refusedMs: [3],
  retryAfter: { 2: 7_000, 3: 8_000 },
}

const calm: Round = {
  before: callsOf(10, 0),
  during: callsOf(12, 5_000),
  after: callsOf(10, leftMs),
  crowdLeftMs: leftMs,
  crowd,
  apiCpuCores: 0.9,
  bytesBefore: 1e8,
  bytesDuring: 1.2e8,
}

function faultsOf(...rounds: Partial<Round>[]): string[] {
  const found: OverloadFindings = {
    factor: 4,
    insideFans: 32,
    servedPerSecond: 1_000,
    rounds: rounds.map((round) => ({ ...calm, ...round })),
  }
  return findOverloadFaults(judgeOverload(found))
}

test('fans inside who hardly notice are as it must be', () => {
  expect(faultsOf({}, {})).toEqual([])
})

const noticed: [string, Partial<Round>, string][] = [
  ['wait longer', { during: callsOf(16, 5_000) }, '1.60 times as long'],
  [
    'are not answered',
    { during: calm.during.map((call) => ({ ...call, ok: false })) },
    '600 calls of fans inside failed',
  ],
  ['wait on when the crowd has gone', { after: callsOf(20, leftMs) }, 'to be normal'],
  ['meet half the crowd', { crowd: { ...crowd, unsent: 10_000 } }, 'only 2.0 times'],
  ['see nobody refused', { crowd: { ...crowd, refused: 0, refusedMs: [], retryAfter: {} } }, 'no overload'],
]

test.for(noticed)('fans inside who %s are told of', ([, round, fault]) => {
  expect(faultsOf(round).join()).toContain(fault)
})

const badRefusals: [string, Partial<CrowdCounts>, string][] = [
  ['without a time to come back', { retryAfter: { none: 1, 2: 5 } }, 'did not say when'],
  ['all for the same time', { retryAfter: { 2: 15_000 } }, 'at once'],
  ['late', { refusedMs: [2_000] }, 'refusals take'],
  ['or not at all', { failed: 7 }, 'neither served nor refused'],
]

test.for(badRefusals)('refusals %s are told of', ([, own, fault]) => {
  expect(faultsOf({ crowd: { ...crowd, ...own } }).join()).toContain(fault)
})

test.for([[[{ bytesDuring: 4e8 }]], [[{}, { bytesDuring: 4e8 }]]] satisfies Partial<Round>[][][])(
  'memory that grows is told of, also in a single overload',
  ([rounds]) => {
    expect(faultsOf(...(rounds ?? [])).join()).toContain('memory grew by 286 MiB')
  },
)

test('memory that is not given back between two overloads is told of', () => {
  expect(faultsOf({}, { bytesBefore: 2e8 }).join()).toContain('memory between overloads grew by 95 MiB')
})

test('so few calls that the slowest of them are one or two are no proof', () => {
  expect(faultsOf({ before: calm.before.slice(0, 300) }).join()).toContain(
    '300 calls of fans inside are too few',
  )
})

test('a slow second after the crowd left is not the end of it', () => {
  const after = [...callsOf(50, leftMs).slice(0, 60), ...callsOf(10, leftMs + 600)]
  expect(faultsOf({ after })).toEqual([])
})
