import { mutantsOf } from './mutant.ts'

const tests = 'bypass.int.test.ts'

export const bypassMutants = mutantsOf('packages/core/src/bypass', [
  {
    name: 'bypass-uses-are-counted',
    guard: 'a code that is passed around lets everybody in',
    file: 'use-bypass-code.ts',
    without: { 'if (isNew && !(await countUse(tx, found.bypassCodeId)))': 'if (isNew && false)' },
    test: { file: tests, name: 'is used as often as it may be, by twenty at once too' },
  },
  {
    name: 'bypass-guesses-are-counted',
    guard: 'codes are tried out until one lets in',
    file: 'use-bypass-code.ts',
    without: { 'await countGuess(deps, fan)': '' },
    test: {
      file: tests,
      name: 'guessing ends after a few, at once or one by one, and a right code is no guess',
    },
  },
  {
    name: 'bypass-repeat-is-one-use',
    guard: 'a lost answer costs the guest the code',
    file: 'use-bypass-code.ts',
    without: { 'isNew && ': '' },
    test: { file: tests, name: 'a repeat whose answer was lost is the same use' },
  },
  {
    name: 'bypass-code-is-settled',
    guard: 'a code comes to let in more than was audited',
    file: 'packages/core/src/migrations/0021-bypass-codes.sql',
    without: { 'revoke update on bypass_codes from greenroom_app;': '' },
    drop: 'grant update on bypass_codes to greenroom_app',
    test: {
      file: tests,
      name: 'what a code opens is settled: the product can count a use and end it, nothing else',
    },
  },
])
