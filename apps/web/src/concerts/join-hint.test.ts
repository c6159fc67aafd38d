import { expect, test, vi } from 'vitest'

// the page's language is asked of the browser, which is not here
vi.stubGlobal('document', { documentElement: { lang: '' } })
const { joinHint } = await import('./join-hint.ts')

test('first come, first in is said while somebody is let in, and in no other phase', () => {
  expect(joinHint('open')).toContain('온 순서대로')
  const others = [joinHint('lobby'), joinHint('paused'), joinHint('soldOut')]
  expect(new Set(others).size).toBe(3)
  for (const hint of others) expect(hint).not.toContain('온 순서대로')
})
