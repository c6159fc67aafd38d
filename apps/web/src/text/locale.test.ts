import { expect, test, vi } from 'vitest'

test('the api is told the language of every page, chosen there or before', async () => {
  const page = { documentElement: { lang: '' }, cookie: '' }
  vi.stubGlobal('document', page)
  const { changeLocale } = await import('./locale.ts')
  expect([page.documentElement.lang, page.cookie]).toEqual([
    'ko',
    expect.stringMatching(/^greenroom_locale=ko;/),
  ])
  changeLocale('en')
  expect([page.documentElement.lang, page.cookie]).toEqual([
    'en',
    expect.stringMatching(/^greenroom_locale=en;/),
  ])
})
