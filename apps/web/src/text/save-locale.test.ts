import type { Locale } from '@greenroom/contract'
import { expect, test } from 'vitest'
import { saveLocale } from './save-locale.ts'

test('a language that is chosen while another is being saved is saved after it', async () => {
  let shown: Locale = 'en'
  const saved: Locale[] = []
  await saveLocale(
    () => shown,
    async (locale) => {
      saved.push(locale)
      shown = 'ko'
    },
  )
  expect(saved).toEqual(['en', 'ko'])
})

test('a language that could not be saved is said, and not tried for ever', async () => {
  const refused = new Error('away')
  await expect(
    saveLocale(
      () => 'en',
      () => Promise.reject(refused),
    ),
  ).rejects.toBe(refused)
})
