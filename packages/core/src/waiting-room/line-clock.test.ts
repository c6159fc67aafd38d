import { concertId } from '@greenroom/contract'
import { expect, test } from 'vitest'
import type { Line } from './line.ts'
import { findClockFaults, fixedPartsOf } from './line-clock.ts'

const line: Line = {
  concertId: concertId.parse(1),
  mode: 'lottery',
  lobbyOpensAtMs: 1_000,
  opensAtMs: 2_000,
  closesAtMs: 9_000,
  override: null,
  wasOpened: false,
  capacity: 10,
  ratePerMinute: null,
  isLoadAware: false,
  floorPerMinute: 1,
  targetP95Ms: 100,
  claimWindowMs: 1,
  passTtlMs: 1,
  reentryWindowMs: 1,
  begunEpoch: 0,
  message: null,
  lotterySeed: null,
  lotteryCommitment: null,
}
const pathsOf = (...args: Parameters<typeof findClockFaults>): string[] =>
  findClockFaults(...args).map(({ path, message }) => `${path}: ${message}`)

test.for([
  ['before the lobby everything may be changed', line, 500, [null, null, null, null]],
  ['an open lobby fixes how places are given', line, 1_500, ['lobbyOpened', 'lobbyOpened', null, null]],
  ['an open sale fixes its opening', line, 2_500, ['saleOpened', 'saleOpened', 'saleOpened', null]],
  [
    'a sale that an operator opened early is open',
    { ...line, override: 'open' as const },
    500,
    ['saleOpened', 'saleOpened', 'saleOpened', null],
  ],
  ['a tick that nobody waited for fixes nothing', { ...line, begunEpoch: 1 }, 500, [null, null, null, null]],
  [
    'a sale that was closed before its time may be set up anew',
    { ...line, override: 'closed' as const },
    500,
    [null, null, null, null],
  ],
  [
    'a sale that an operator opened early and paused was open',
    { ...line, override: 'paused' as const, wasOpened: true },
    500,
    ['saleOpened', 'saleOpened', 'saleOpened', null],
  ],
  ['a sale that is over stays over', line, 9_500, ['saleOpened', 'saleOpened', 'saleOpened', 'saleClosed']],
] as const)('%s', ([, at, nowMs, fixed]) => {
  expect(Object.values(fixedPartsOf(at, nowMs))).toEqual(fixed)
})

test('a part that stays as it was is no change, however late it is', () => {
  expect(pathsOf(line, { opensAtMs: 2_000, closesAtMs: 8_000 }, 2_500)).toEqual([])
})

test('what is too late, over already, or in the wrong order is named', () => {
  expect(pathsOf(line, { opensAtMs: 3_000 }, 2_500)).toEqual(['opensAtMs: the sale has opened'])
  expect(pathsOf(line, { mode: 'fifo' }, 1_500)).toEqual(['mode: the lobby has opened'])
  expect(pathsOf(line, { opensAtMs: 400 }, 500)).toEqual([
    'opensAtMs: this moment is over',
    'lobbyOpensAtMs: the lobby opens after the sale',
  ])
  expect(pathsOf(line, { closesAtMs: 1_500 }, 500)).toEqual(['closesAtMs: the sale closes before it opens'])
  expect(pathsOf(line, { lobbyOpensAtMs: null, closesAtMs: null }, 500)).toEqual([])
})
