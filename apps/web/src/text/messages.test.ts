import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const web = join(import.meta.dirname, '../..')

/** A sentence, or its plural forms. */
type Message = string | { match: Record<string, string> }[]
type Catalogue = Record<string, Message>

function readMessages(locale: string): Catalogue {
  const { $schema: _, ...messages } = JSON.parse(
    readFileSync(join(web, `messages/${locale}.json`), 'utf8'),
  ) as Catalogue
  return messages
}

const ko = readMessages('ko')
const en = readMessages('en')
const sources = globSync('src/**/*.{ts,tsx}', { cwd: web, exclude: ['src/paraglide/**', '**/*.test.*'] }).map(
  (path) => readFileSync(join(web, path), 'utf8'),
)

/** Every form that a reader may get to see. */
const formsOf = (message: Message): string[] =>
  typeof message === 'string' ? [message] : message.flatMap(({ match }) => Object.values(match))

const inputsOf = (message: Message): string[] =>
  [
    ...new Set(formsOf(message).flatMap((form) => [...form.matchAll(/\{(\w+)\}/g)].map(([slot]) => slot))),
  ].toSorted()

const findUntold = (a: Catalogue, b: Catalogue): string[] => Object.keys(a).filter((key) => !(key in b))

const findUnused = (messages: Catalogue, code: readonly string[]): string[] => {
  const used = new Set(code.flatMap((text) => [...text.matchAll(/\bm\.(\w+)/g)].map(([, key]) => key)))
  return Object.keys(messages).filter((key) => !used.has(key))
}

const findDiffering = (a: Catalogue, b: Catalogue): string[] =>
  Object.entries(a).flatMap(([key, message]) => {
    const other = b[key]
    return other !== undefined && inputsOf(message).join() !== inputsOf(other).join() ? [key] : []
  })

test('every message is told in both languages, in one order', () => {
  expect(findUntold(en, ko)).toEqual([])
  expect(findUntold(ko, en)).toEqual([])
  expect(Object.keys(ko)).toEqual(Object.keys(en))
})

test('every message is said somewhere', () => {
  expect(findUnused(en, sources)).toEqual([])
})

test('a translation uses what the other uses: no amount, name or count is left out', () => {
  expect(findDiffering(en, ko)).toEqual([])
})

test('Korean is in Korean and English is not', () => {
  const hangul = /[가-힣]/
  const hasWords = (form: string): boolean => /\p{L}/u.test(form.replaceAll(/\{\w+\}/g, ''))
  const untranslated = Object.entries(ko).filter(([, message]) =>
    formsOf(message).some((form) => hasWords(form) && !hangul.test(form)),
  )
  expect(untranslated.map(([key]) => key)).toEqual([])
  const mixed = Object.entries(en).filter(([, message]) => formsOf(message).some((form) => hangul.test(form)))
  expect(mixed.map(([key]) => key)).toEqual([])
})

test('what is missing, unused or different would be found', () => {
  const { title_home: _, ...rest } = ko
  expect(findUntold(en, rest)).toEqual(['title_home'])
  expect(findUnused({ ...en, spare_sentence: 'Nobody says this.' }, sources)).toEqual(['spare_sentence'])
  expect(findDiffering({ ...en, fans_ahead: 'Some are ahead of you' }, ko)).toEqual(['fans_ahead'])
})
