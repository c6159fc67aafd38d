import { type Mutant, mutantsOf } from './mutant.ts'

const tests = 'app-login.int.test.ts'
const roles = 'packages/core/src/migrations/0006-app-role.sql'
const roleTests = 'packages/core/src/migrations/app-role.int.test.ts'
const stack = 'packages/stack/src/app-login'

/** Rights too many of the app's role, each given by the owner in the test's own database. */
const grants = [
  {
    name: 'removes-nothing',
    guard: 'SQL that was injected removes what was paid',
    from: 'grant select, insert, update on all tables in schema public to greenroom_app;',
    to: 'grant select, insert, update, delete on all tables in schema public to greenroom_app;',
    drop: 'grant delete on all tables in schema public to greenroom_app',
    test: 'of these tables alone rows are removed: what was published, and checks that are old',
  },
  {
    name: 'empties-nothing',
    guard: 'SQL that was injected empties the ledger',
    from: 'grant select, insert, update on all tables in schema public to greenroom_app;',
    to: 'grant select, insert, update, truncate on all tables in schema public to greenroom_app;',
    drop: 'grant truncate on all tables in schema public to greenroom_app',
    test: 'no table is emptied, altered or dropped',
  },
  {
    name: 'adds-no-table',
    guard: 'SQL that was injected makes tables and functions that others read in place of ours',
    from: 'grant usage on schema public to greenroom_app;',
    to: 'grant usage, create on schema public to greenroom_app;',
    drop: 'grant create on schema public to greenroom_app',
    test: 'what was migrated is not rewritten, and no table is added',
  },
  {
    name: 'migrates-nothing',
    guard: 'SQL that was injected says that a guard of the next version is there already',
    from: 'revoke insert, update on migrations from greenroom_app;',
    to: '',
    drop: 'grant insert, update on migrations to greenroom_app',
    test: 'what was migrated is not rewritten, and no table is added',
  },
] as const

export const appLoginMutants: Mutant[] = mutantsOf('packages/core/src/platform', [
  ...grants.map(({ name, guard, from, to, drop, test }) => ({
    name: `app-${name}`,
    guard,
    file: roles,
    without: { [from]: to },
    drop,
    test: { file: roleTests, name: test },
  })),
  {
    name: 'app-is-not-the-owner',
    guard: 'the processes log in as the owner of the ledger, and nobody says so',
    file: 'app-login.ts',
    without: { 'if (login === owner.user)': "if (login === '')" },
    test: { file: tests, name: 'the owner is no login for the processes' },
  },
  {
    name: 'app-has-no-attributes',
    guard: 'the login of the processes makes databases of its own',
    file: 'app-login.ts',
    without: { " (r.rolcreatedb, 'createdb'),": '' },
    test: { file: tests, name: 'nor is one that may make databases' },
  },
  {
    name: 'app-is-in-no-other-role',
    guard: 'the login of the processes becomes somebody else with one statement',
    file: 'app-login.ts',
    without: { 'where m.member = r.oid and': 'where false and' },
    test: { file: tests, name: 'nor is one that is a member of another role' },
  },
  {
    name: 'app-owns-nothing',
    guard: 'the login of the processes alters a table that it owns',
    file: 'app-login.ts',
    without: { 'having count(*) > 0': 'having false' },
    test: { file: tests, name: 'nor is one that owns something' },
  },
  {
    name: 'app-has-no-temporary-tables',
    guard:
      "a table of one connection's own is read in place of the ledger, by whoever has that connection next",
    file: 'app-login.ts',
    without: { 'await forbidTemporaryTables(owner)': '' },
    test: {
      file: tests,
      name: 'migrating takes temporary tables away from a copy of a database, which gives them to everybody',
    },
  },
  {
    name: 'stack-starts-the-app-as-nobody',
    guard: 'what `npm start` starts logs in as the owner that it was given',
    file: `${stack}.ts`,
    without: { '  url.username = appLogin': '' },
    test: {
      file: `${stack}.test.ts`,
      name: 'the processes reach the same database as a login of their own, with a password that tells nothing of the owner’s',
    },
  },
])
