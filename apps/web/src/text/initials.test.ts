import { expect, test, vi } from 'vitest'
import { initialOf } from './initials.ts'

test.for([
  ['fan1', 'F'],
  ['김서연', '김'],
  ['e\u0301lise', 'E\u0301'],
  ['élise', 'É'],
  ['\u1112\u1161\u11ab', '\u1112\u1161\u11ab'],
  ['👩‍🎤 Ari', '👩‍🎤'],
  ['', ''],
] as const)('the initial of %s is %s', ([name, initial]) => {
  expect(initialOf(name)).toBe(initial)
})

test('a plain name does not ask for a segmenter, which is slow to load', () => {
  const segmenter = vi.spyOn(Intl, 'Segmenter')
  expect([initialOf('fan1'), initialOf('김서연')]).toEqual(['F', '김'])
  expect(segmenter).not.toHaveBeenCalled()
  initialOf('élise')
  expect(segmenter).toHaveBeenCalledOnce()
  segmenter.mockRestore()
})
