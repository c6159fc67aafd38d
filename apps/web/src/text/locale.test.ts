import { expect, test, vi } from 'vitest'

test('the api is told the language of every page, chosen there or before', async () => {
  const page = { documentElement: { lang: '' }, cookie: '' }
  vi.stubGlobal('document', page)
  // what it knows of the page is read when it is loaded, and another test of this worker may have loaded it
  vi.resetModules()
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
