import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { faultsOf, readThreats, type Threat } from './read-threats.ts'

const root = resolve(import.meta.dirname, '../..')
const page = join(root, 'docs/security.md')
const threats = readThreats(readFileSync(page, 'utf8'))

/** The text of a file that the page links to; `undefined` where there is none. */
function readLinked(link: string): string | undefined {
  const file = join(dirname(page), link)
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined
}

test.for(threats)('$threat: has a control, and a test that is there', (threat) => {
  expect(faultsOf(threat, readLinked)).toEqual([])
})

test('no threat has two rows, and the table is as long as it was', () => {
  expect(new Set(threats.map(({ threat }) => threat)).size).toBe(threats.length)
  expect(threats.length).toBeGreaterThanOrEqual(20)
})

test('a row without a test, one with a file or a name that is not there, and one without a control are found out', () => {
  const [row] = readThreats(
    '| threat | control | test |\n|---|---|---|\n| theft | a lock | [door](../door.test.ts) `the door is shut` |\n',
  )
  if (row === undefined) throw new Error('no row was read')
  const reads = (text?: string) => () => text
  const faults = (changes: Partial<Threat>, text?: string) => faultsOf({ ...row, ...changes }, reads(text))
  expect(faults({}, "test('the door is shut', () => {})")).toEqual([])
  expect(faults({}, "test('the door is ajar', () => {})")).toEqual([
    '../door.test.ts has no `the door is shut`',
  ])
  expect(faults({})).toEqual(['../door.test.ts is not there'])
  expect(faults({ tests: [] })).toEqual(['names no test'])
  expect(faults({ control: '' }, 'the door is shut')).toEqual(['has no control'])
  expect(faults({ tests: [{ file: '../door.ts', names: ['x'] }] }, 'x')).toEqual(['../door.ts is no test'])
  expect(faults({ tests: [{ file: '../door.test.ts', names: [] }] }, 'x')).toEqual([
    '../door.test.ts: names no test in it',
  ])
})
