import { expect, test, vi } from 'vitest'

test('a place far back is told with its thousands apart', async () => {
  // the page's language is asked of the browser, which is not here
  vi.stubGlobal('document', { documentElement: { lang: '' } })
  const { lineTellers } = await import('./line-refusals.ts')
  expect(lineTellers.STILL_WAITING({ ahead: 12_345, position: 12_346 })).toContain('12,345')
})
