import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { noOtherParts, readOtherParts } from './parts.ts'

function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'greenroom-parts-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return folder
}

test('a part is read with its commit, its seed and what it found; one that nobody made is absent', () => {
  const folder = makeFolder()
  expect(readOtherParts(folder)).toEqual({ parts: noOtherParts, unreadable: [] })
  const simulation = { commit: 'c', seed: 5, violations: 1, operations: 7, runs: 2 }
  writeFileSync(join(folder, 'simulation.json'), JSON.stringify({ ...simulation, seconds: 3 }))
  expect(readOtherParts(folder)).toEqual({ parts: { ...noOtherParts, simulation }, unreadable: [] })
})

test.for<[string, string, RegExp]>([
  ['does not say of which commit it is', JSON.stringify({ total: 1, killed: 1 }), /it has no text commit/],
  ['was cut off', '{ "commit": "c', /JSON/],
  ['is no object', '7', /it holds no object/],
])('a part that %s is told, not taken, and the others are', ([, text, why]) => {
  const folder = makeFolder()
  const simulation = { commit: 'c', seed: 5, violations: 1, operations: 7, runs: 2 }
  writeFileSync(join(folder, 'simulation.json'), JSON.stringify(simulation))
  writeFileSync(join(folder, 'mutants.json'), text)
  const { parts, unreadable } = readOtherParts(folder)
  expect(parts).toEqual({ ...noOtherParts, simulation })
  expect(unreadable).toEqual([expect.stringMatching(/^mutants\.json cannot be read: /)])
  expect(unreadable.join()).toMatch(why)
})

test('measurements of recovery that are not there are told', () => {
  const folder = makeFolder()
  const recovery = { commit: 'c', seed: null, violations: 0, measuredAt: 'now' }
  writeFileSync(join(folder, 'recovery.json'), JSON.stringify(recovery))
  expect(readOtherParts(folder).unreadable).toEqual(['recovery.json cannot be read: it has no measurements'])
})
