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
  expect(readOtherParts(folder)).toEqual(noOtherParts)
  const simulation = { commit: 'c', seed: 5, violations: 1, operations: 7, runs: 2 }
  writeFileSync(join(folder, 'simulation.json'), JSON.stringify({ ...simulation, seconds: 3 }))
  expect(readOtherParts(folder)).toEqual({ ...noOtherParts, simulation })
})

test('a part that does not say of which commit it is, is refused', () => {
  const folder = makeFolder()
  writeFileSync(join(folder, 'mutants.json'), JSON.stringify({ total: 1, killed: 1 }))
  expect(() => readOtherParts(folder)).toThrow(/has no text commit/)
})
