import { readdirSync, readFileSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { asOwner } from '../as-owner.ts'
import { createTestDeps } from '../test-deps.ts'
import { allMutants } from './all-mutants.ts'
import { constraintsLeftOut, locksLeftOut } from './left-out.ts'

const deps = await createTestDeps()
const sources = resolve(import.meta.dirname, '../..')

/** All that Postgres holds rows to, `not null` apart: constraints, and unique indexes that are none. */
async function readConstraints(): Promise<string[]> {
  return await asOwner(deps, async (tx) => {
    const { rows } = await tx.query<{ name: string }>(
      `select conname as name from pg_constraint
       where connamespace = 'public'::regnamespace and contype <> 'n'
       union
       select relname from pg_index join pg_class on pg_class.oid = indexrelid
       where relnamespace = 'public'::regnamespace and indisunique
       order by name`,
    )
    return rows.map(({ name }) => name)
  })
}

test('each constraint of the database has a mutant or a written reason why not, and never both', async () => {
  const taken = allMutants.flatMap(
    ({ drop }) => / drop constraint (\w+)$|^drop index (\w+)$/.exec(drop ?? '') ?? [],
  )
  const withMutant = new Set(taken.filter((name) => name !== undefined && !name.includes(' ')))
  const leftOut = Object.values(constraintsLeftOut).flat()
  expect(leftOut.filter((name, at) => withMutant.has(name) || leftOut.indexOf(name) !== at)).toEqual([])
  expect([...withMutant, ...leftOut].toSorted()).toEqual((await readConstraints()).toSorted())
})

const locks =
  /\bfor (?:no key )?update(?: of \w+)?(?: skip locked)?|\bfor share\b|\bpg_advisory_xact_lock\b|\block table\b/g

/** Shipped code: what its tests lock guards nothing. */
function listSources(): string[] {
  return readdirSync(sources, { recursive: true, encoding: 'utf8' }).filter(
    (file) => /\.(ts|sql)$/.test(file) && !/\.test\.ts$|(^|\/)testing\//.test(file),
  )
}

/** The locks in a file of which no mutant's text says anything, by what stands there. */
function locksWithoutMutant(file: string): string[] {
  const code = readFileSync(resolve(sources, file), 'utf8').replaceAll(
    /^\s*(\*|\/\/|\/\*\*|--).*$/gm,
    (line) => ' '.repeat(line.length),
  )
  const covered = allMutants
    .filter((mutant) => relative(sources, resolve(sources, '../../..', mutant.file)) === file)
    .flatMap(({ without }) => Object.keys(without))
    .map((text) => ({ from: code.indexOf(text), to: code.indexOf(text) + text.length }))
  return [...code.matchAll(locks)]
    .filter(
      ({ index, 0: lock }) =>
        !covered.some(({ from, to }) => from >= 0 && from <= index && index + lock.length <= to),
    )
    .map(([lock]) => lock)
}

test('each lock in the code has a mutant or a written reason why not', () => {
  const without = listSources().filter((file) => locksWithoutMutant(file).length > 0)
  expect(without.toSorted()).toEqual(Object.keys(locksLeftOut).toSorted())
})

test('each right that a migration takes from the app has a mutant that gives it back', () => {
  const revoked = listSources()
    .filter((file) => file.endsWith('.sql'))
    .flatMap((file) => [
      ...readFileSync(resolve(sources, file), 'utf8').matchAll(/^revoke update on ([\w, ]+) from/gm),
    ])
    .flatMap(([, tables = '']) => tables.split(', '))
  const given = allMutants.flatMap(
    ({ drop }) => /^grant update on (\w+) to greenroom_app$/.exec(drop ?? '')?.[1] ?? [],
  )
  expect(given.toSorted()).toEqual(revoked.toSorted())
})
