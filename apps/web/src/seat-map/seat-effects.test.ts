import { expect, test } from 'vitest'
import { createSeatEffects, glowMs } from './seat-effects.ts'

const lively = () => createSeatEffects(() => false)

test('a seat that came back glows for a moment, then no more frames are asked for', () => {
  const effects = lively()
  effects.glow([7], 1000)
  expect([...effects.glowing(1000 + glowMs / 2)]).toEqual([[7, 0.5]])
  effects.settle(1000 + glowMs + 1)
  expect(effects.isActive()).toBe(false)
})

test('a wave of returned seats glows at 60 places at most, the latest ones', () => {
  const effects = lively()
  effects.glow(
    Array.from({ length: 500 }, (_, ordinal) => ordinal),
    0,
  )
  const glowing = [...effects.glowing(1)].map(([ordinal]) => ordinal)
  expect(glowing).toHaveLength(60)
  expect(glowing.at(-1)).toBe(499)
})

test('a lost seat shakes once, however often it is told, and comes to rest', () => {
  const effects = lively()
  effects.shake(new Set([3]), 0)
  effects.shake(new Set([3]), 400)
  expect(effects.offsetPx(3, 100)).not.toBe(0)
  expect(effects.offsetPx(3, 600)).toBe(0)
  effects.settle(600)
  expect(effects.isActive()).toBe(false)
})

test('a fan who asked for less motion sees nothing shake', () => {
  const effects = createSeatEffects(() => true)
  effects.shake(new Set([3]), 0)
  expect(effects.offsetPx(3, 100)).toBe(0)
})
