import { type Mutant, mutantsOf } from './mutant.ts'

type TableGuard = {
  name: string
  guard: string
  table: string
  /** A constraint, or a unique index, by the name that Postgres has for it. */
  constraint: string
  /** How it is written in the migration. */
  written: string
  /** In `migrations/table-guards.int.test.ts`. */
  test: string
}

/** What the tables of one migration refuse, whoever asks. */
export function guardsOfTables(migration: string, guards: readonly TableGuard[]): Mutant[] {
  return mutantsOf(
    'packages/core/src/migrations',
    guards.map(({ name, guard, table, constraint, written, test }) => ({
      name,
      guard,
      file: migration,
      without: { [written]: '' },
      drop: written.startsWith('create unique index')
        ? `drop index ${constraint}`
        : `alter table ${table} drop constraint ${constraint}`,
      test: { file: 'table-guards.int.test.ts', name: test },
    })),
  )
}
