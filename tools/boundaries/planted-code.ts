import { file, type PlantedViolation } from './planted-violation.ts'

/** Code the other rules must refuse: settings, clock, names, types, promises, tests. */
export const plantedCode: readonly PlantedViolation[] = [
  {
    rule: 'greenroom(env-in-env-files)',
    breaks: 'a file other than env.ts reads process.env',
    bad: file('apps/api/src/port.ts', 'export const port = process.env.PORT'),
    good: file('apps/api/src/env.ts', 'export const port = process.env.PORT'),
  },
  {
    rule: 'greenroom(env-in-env-files)',
    breaks: 'process.env taken by destructuring',
    bad: file('apps/worker/src/name.ts', 'const { env } = process\n\nexport const name = env.NAME'),
    good: file('apps/worker/src/name.ts', 'const { pid } = process\n\nexport const name = String(pid)'),
  },
  {
    rule: 'greenroom(env-in-env-files)',
    breaks: 'env imported from node:process',
    bad: file(
      'packages/stack/src/home.ts',
      "import { env } from 'node:process'\n\nexport const home = env.HOME",
    ),
    good: file(
      'packages/stack/src/home.ts',
      "import { cwd } from 'node:process'\n\nexport const home = cwd()",
    ),
  },
  {
    rule: 'greenroom(database-clock)',
    breaks: 'core decides by Date.now()',
    bad: file(
      'packages/core/src/seating/expired.ts',
      'export const isExpired = (at: number) => at <= Date.now()',
    ),
    good: file(
      'packages/core/src/seating/expired.ts',
      'export const isExpired = (at: number, now: number) => at <= now',
    ),
  },
  {
    rule: 'greenroom(database-clock)',
    breaks: 'core decides by new Date()',
    bad: file('packages/core/src/seating/started.ts', 'export const startedAt = () => new Date()'),
    good: file(
      'packages/core/src/seating/started.ts',
      'export const startedAt = (at: string) => new Date(at)',
    ),
  },
  {
    rule: 'greenroom(telling-names)',
    breaks: 'a folder called utils',
    bad: file('packages/core/src/wallet/utils/money.ts', 'export const zero = 0'),
    good: file('packages/core/src/wallet/money.ts', 'export const zero = 0'),
  },
  {
    rule: 'unicorn(filename-case)',
    breaks: 'a file name not in kebab-case',
    bad: file('packages/core/src/wallet/bigMoney.ts', 'export const zero = 0'),
    good: file('packages/core/src/wallet/big-money.ts', 'export const zero = 0'),
  },
  {
    rule: 'typescript(no-explicit-any)',
    breaks: 'any',
    bad: file('apps/api/src/loose.ts', 'export const loose: any = 1'),
    good: file('apps/api/src/loose.ts', 'export const loose: unknown = 1'),
  },
  {
    rule: 'typescript(no-unsafe-assignment)',
    breaks: 'an any that JSON.parse let in',
    bad: file('apps/api/src/parsed.ts', "export const parsed = JSON.parse('1')"),
    good: file('apps/api/src/parsed.ts', "export const parsed: unknown = JSON.parse('1')"),
  },
  {
    rule: 'typescript(no-unsafe-type-assertion)',
    breaks: 'a narrowing `as`',
    bad: file('apps/api/src/narrowed.ts', 'export const narrow = (value: unknown) => value as string'),
    good: file('apps/api/src/narrowed.ts', 'export const narrow = (value: unknown) => String(value)'),
  },
  {
    rule: 'typescript(no-non-null-assertion)',
    breaks: 'a non-null assertion',
    bad: file('apps/api/src/first.ts', 'export const first = (list: string[]): string => list[0]!'),
    good: file('apps/api/src/first.ts', "export const first = (list: string[]): string => list[0] ?? ''"),
  },
  {
    rule: 'eslint(no-empty)',
    breaks: 'a silent catch',
    bad: file(
      'apps/api/src/swallow.ts',
      'export const swallow = (run: () => void) => {\n  try {\n    run()\n  } catch {}\n}',
    ),
    good: file(
      'apps/api/src/swallow.ts',
      'export const swallow = (run: () => void, tell: (error: unknown) => void) => {\n  try {\n    run()\n  } catch (error) {\n    tell(error)\n  }\n}',
    ),
  },
  {
    rule: 'typescript(no-floating-promises)',
    breaks: 'a promise nobody waits for',
    bad: file('apps/api/src/float.ts', 'export const float = (run: () => Promise<void>) => {\n  run()\n}'),
    good: file(
      'apps/api/src/float.ts',
      'export const float = async (run: () => Promise<void>) => {\n  await run()\n}',
    ),
  },
  ...['core', 'router', 'contract', 'client'].map((name) => ({
    rule: 'eslint(no-console)',
    breaks: `console in ${name}`,
    bad: file(`packages/${name}/src/say.ts`, "export const say = () => console.log('said')"),
    good: file(
      `packages/${name}/src/say.ts`,
      "export const say = (log: (text: string) => void) => log('said')",
    ),
  })),
  {
    rule: 'import(no-default-export)',
    breaks: 'a default export outside a settings file',
    bad: file('apps/web/src/page.ts', 'export default 1'),
    good: file('apps/web/vite.config.ts', 'export default { port: 1 }'),
  },
  {
    rule: 'eslint(no-restricted-globals)',
    breaks: 'client uses a global that only pages have',
    bad: file('packages/client/src/origin.ts', 'export const title = () => document.title'),
    good: file('apps/web/src/origin.ts', 'export const title = () => document.title'),
  },
  {
    rule: 'import(no-cycle)',
    breaks: 'two files that need each other',
    bad: file(
      'packages/core/src/wallet/egg.ts',
      "import { egg as own } from './egg.ts'\n\nexport const egg = (): number => own()",
    ),
    good: file('packages/core/src/wallet/egg.ts', 'export const egg = () => 1'),
  },
  {
    rule: 'vitest(no-focused-tests)',
    breaks: 'a focused test',
    bad: file(
      'apps/api/src/focus.test.ts',
      "import { test, expect } from 'vitest'\n\ntest.only('adds', () => expect(1 + 1).toBe(2))",
    ),
    good: file(
      'apps/api/src/focus.test.ts',
      "import { test, expect } from 'vitest'\n\ntest('adds', () => expect(1 + 1).toBe(2))",
    ),
  },
  {
    rule: 'vitest(no-disabled-tests)',
    breaks: 'a skipped test',
    bad: file(
      'apps/api/src/skip.test.ts',
      "import { test, expect } from 'vitest'\n\ntest.skip('adds', () => expect(1 + 1).toBe(2))",
    ),
    good: file(
      'apps/api/src/skip.test.ts',
      "import { test, expect } from 'vitest'\n\ntest('adds', () => expect(1 + 1).toBe(2))",
    ),
  },
  {
    rule: 'vitest(no-restricted-vi-methods)',
    breaks: 'a mocked module',
    bad: file('apps/api/src/mock.test.ts', "import { vi } from 'vitest'\n\nvi.mock('./mail.ts')"),
    good: file('apps/api/src/mock.test.ts', "import { vi } from 'vitest'\n\nvi.useFakeTimers()"),
  },
  {
    rule: 'eslint(no-warning-comments)',
    breaks: 'a note left for later',
    // Written in two parts so that this file itself carries no such note.
    bad: file('apps/api/src/later.ts', `// ${'TO'}${'DO'}: finish\nexport const later = 1`),
    good: file('apps/api/src/later.ts', '// One is the first natural number.\nexport const later = 1'),
  },
  {
    rule: 'jsx-a11y(alt-text)',
    breaks: 'a picture that says nothing to those who cannot see it',
    bad: file('apps/web/src/poster.tsx', 'export const Poster = (): unknown => <img src="/poster.webp" />'),
    good: file(
      'apps/web/src/poster.tsx',
      'export const Poster = (): unknown => <img src="/poster.webp" alt="" />',
    ),
  },
  {
    rule: 'eslint(max-lines)',
    breaks: 'a file longer than anyone reads',
    bad: file(
      'apps/api/src/long.ts',
      Array.from({ length: 301 }, (_, n) => `export const n${n} = ${n}`).join('\n'),
    ),
    good: file(
      'apps/api/src/long.ts',
      Array.from({ length: 300 }, (_, n) => `export const n${n} = ${n}`).join('\n'),
    ),
  },
]
