import { describe, expect, test } from 'vitest'
import { type LineTimes, linePhaseOf } from './line.ts'

const clock: LineTimes = {
  lobbyOpensAtMs: 1_000,
  opensAtMs: 2_000,
  closesAtMs: 3_000,
  override: null,
  wasOpened: false,
}

describe('the clock decides while no operator does', () => {
  test.each([
    [999, 'before'],
    [1_000, 'lobby'],
    [1_999, 'lobby'],
    [2_000, 'open'],
    [2_999, 'open'],
    [3_000, 'closed'],
  ] as const)('at %d it is %s', (nowMs, phase) => {
    expect(linePhaseOf(clock, nowMs)).toBe(phase)
  })

  test('without a lobby it is before until the opening, and without an end it stays open', () => {
    const line = { ...clock, lobbyOpensAtMs: null, closesAtMs: null }
    expect(linePhaseOf(line, 1_999)).toBe('before')
    expect(linePhaseOf(line, 9_999_999)).toBe('open')
  })
})

describe('an operator goes before the clock, but for its close', () => {
  test.each([
    ['open', 999, 'open'],
    ['open', 3_000, 'closed'],
    ['closed', 2_000, 'closed'],
    ['paused', 2_000, 'paused'],
    ['paused', 1_000, 'paused'],
    ['draining', 2_000, 'draining'],
    ['paused', 999, 'before'],
    ['paused', 3_000, 'closed'],
    ['draining', 3_000, 'closed'],
  ] as const)('%s at %d is %s', (override, nowMs, phase) => {
    expect(linePhaseOf({ ...clock, override }, nowMs)).toBe(phase)
  })

  test.each([
    [null, 999, 'open'],
    ['paused', 999, 'paused'],
    ['draining', 1_000, 'draining'],
    ['closed', 999, 'closed'],
    ['paused', 3_000, 'closed'],
  ] as const)('once opened early, %s at %d is %s', (override, nowMs, phase) => {
    expect(linePhaseOf({ ...clock, override, wasOpened: true }, nowMs)).toBe(phase)
  })
})
