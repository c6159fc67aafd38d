import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { locale } from '@greenroom/contract'
import { expect, test } from 'vitest'

const publicFolder = join(import.meta.dirname, '../../public')

type Manifest = { id: string; lang: string; description: string }

const [ko, en] = locale.options.map(
  (each) => JSON.parse(readFileSync(join(publicFolder, `app.${each}.webmanifest`), 'utf8')) as Manifest,
)

test('the application is one, under its words in either language', () => {
  expect(ko?.id).toBe(en?.id)
  expect([ko?.lang, en?.lang]).toEqual(locale.options)
  expect(withoutWords(ko)).toEqual(withoutWords(en))
  expect(ko?.description).toMatch(/[가-힣]/)
})

/** What is no text: icons, colours, addresses. */
function withoutWords(manifest: Manifest | undefined): unknown {
  const words = new Set(['lang', 'name', 'short_name', 'description'])
  const kept = JSON.stringify(manifest, (key, value: unknown) => (words.has(key) ? '' : value))
  return JSON.parse(kept)
}
