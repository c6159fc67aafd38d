import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

function readMessages(locale: string): Record<string, unknown> {
  const text = readFileSync(new URL(`../../messages/${locale}.json`, import.meta.url), 'utf8')
  return JSON.parse(text) as Record<string, unknown>
}

const ko = readMessages('ko')
const en = readMessages('en')

const inputsOf = (message: unknown): string[] =>
  [...new Set([...JSON.stringify(message).matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? ''))].toSorted()

test('every message is told in both languages', () => {
  expect(Object.keys(ko)).toEqual(Object.keys(en))
})

test('a translation leaves out no input, unless plural forms spell the number out', () => {
  const differing = Object.keys(ko).filter(
    (key) =>
      inputsOf(ko[key]).join(' ') !== inputsOf(en[key]).join(' ') &&
      typeof en[key] === 'string' &&
      typeof ko[key] === 'string',
  )
  expect(differing).toEqual([])
})

test('Korean is in Korean and English is not', () => {
  const hangul = /[가-힣]/
  const placeholders = /\{\w+\}|[^\p{L}]/gu
  const untold = Object.entries(ko)
    .filter(([key]) => key !== '$schema')
    .filter(
      ([, text]) =>
        !hangul.test(JSON.stringify(text)) && JSON.stringify(text).replace(placeholders, '') !== '',
    )
  expect(untold).toEqual([])
  expect(Object.entries(en).filter(([, text]) => hangul.test(JSON.stringify(text)))).toEqual([])
})

test('the oracle sees what is missing', () => {
  const { title_home: _, ...rest } = ko
  expect(Object.keys(rest)).not.toEqual(Object.keys(en))
})
