import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { textWithout } from '../text-without.ts'
import { allMutants } from './all-mutants.ts'
import { mutantInForce } from './mutant-in-force.ts'

const repositoryRoot = resolve(import.meta.dirname, '../../../../..')
const read = (file: string): string => readFileSync(resolve(repositoryRoot, file), 'utf8')

test('there are at least 40 mutants, each with a name of its own', () => {
  expect(allMutants.length).toBeGreaterThanOrEqual(40)
  expect(new Set(allMutants.map(({ name }) => name)).size).toBe(allMutants.length)
  for (const { name } of allMutants) expect(name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)+$/)
})

test.each(allMutants)('$name: its guard is found exactly once in $file', ({ file, without }) => {
  expect(Object.keys(without)).not.toHaveLength(0)
  const source = read(file)
  const found = Object.keys(without).filter((text) => source.split(text).length === 2)
  expect(found).toEqual(Object.keys(without))
  expect(textWithout(source, without)).not.toBe(source)
})

test.each(allMutants)('$name: the test that must fail is there', ({ test: { file, name } }) => {
  const titles = [...read(file).matchAll(/^\s*test\((?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"),/gm)]
  expect(titles.map(([, single, double]) => single ?? double)).toContain(name)
})

test('no guard is counted twice: each mutant is an edit of its own', () => {
  const edits = allMutants.map(({ file, without, drop }) =>
    JSON.stringify([
      file,
      Object.entries(without).toSorted(([one], [other]) => one.localeCompare(other)),
      drop,
    ]),
  )
  expect(edits.filter((edit, at) => edits.indexOf(edit) !== at)).toEqual([])
})

test('guards that the database holds are written in a migration, and all others in code or a script', () => {
  for (const { file, drop } of allMutants) {
    expect(file).toMatch(drop === undefined ? /\.(ts|lua)$/ : /\/migrations\/\d{4}-[a-z-]+\.sql$/)
  }
})

test('without the switch every guard is in, and a name that is no mutant is a mistake', () => {
  expect(mutantInForce({})).toBeUndefined()
  expect(mutantInForce({ GREENROOM_MUTANT: 'line-epoch' })?.name).toBe('line-epoch')
  expect(() => mutantInForce({ GREENROOM_MUTANT: 'none' })).toThrow('names no mutant')
})
