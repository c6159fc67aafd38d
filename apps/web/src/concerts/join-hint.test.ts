import { expect, test, vi } from 'vitest'

// the page's language is asked of the browser, which is not here
vi.stubGlobal('document', { documentElement: { lang: '' } })
const { joinHint } = await import('./join-hint.ts')
const { m } = await import('../paraglide/messages.js')

test('first come, first in is said while somebody is let in, and in no other phase', () => {
  expect(joinHint('open')).toBe(m.join_line_hint())
  const others = [joinHint('lobby'), joinHint('paused'), joinHint('soldOut')]
  expect(new Set(others).size).toBe(3)
  expect(others).not.toContain(m.join_line_hint())
})
