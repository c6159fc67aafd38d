import { mutantsOf } from './mutant.ts'

const tests = 'bypass.int.test.ts'

export const bypassMutants = mutantsOf('packages/core/src/bypass', [
  {
    name: 'bypass-uses-are-counted',
    guard: 'a code that is passed around lets everybody in',
    file: 'use-bypass-code.ts',
    without: { 'if (isNew && !(await countUse(tx, bypassCodeId)))': 'if (isNew && false)' },
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
    name: 'bypass-not-counted-once-over',
    guard: 'a code that is typed after the line has ended is used up',
    file: 'use-bypass-code.ts',
    without: { "if (phase === 'closed') throw new DomainError('LINE_CLOSED', { phase })": '' },
    test: { file: tests, name: 'a use is counted when it lets somebody in: not once the line is over' },
  },
  {
    name: 'bypass-pending-use-is-its-fans',
    guard: 'a guest who comes back after an outage has used the code up',
    file: 'use-store.ts',
    without: {
      'set used_at = now() where bypass_code_id = $1 and fan_id = $2 and is_pending':
        'set used_at = now() where bypass_code_id = $1 and fan_id = $2 and false',
    },
    test: { file: tests, name: 'a use that failed half way is its fan’s, however late they come back' },
  },
  {
    name: 'bypass-vain-use-is-given-back',
    guard: 'an outage uses up a code that let nobody in',
    file: 'use-store.ts',
    without: { 'uses = uses - count from returned': 'uses = uses from returned' },
    test: {
      file: tests,
      name: 'a use that let nobody in is another’s when the offer it may have led to has lapsed',
    },
  },
  {
    name: 'bypass-place-tells-of-a-use',
    guard: 'a code lets in another fan for each process that dies at the right moment',
    file: 'use-store.ts',
    without: { 'and entered_at >= used_at)': 'and false)' },
    test: {
      file: tests,
      name: 'a use that let its fan in counts, though the process died before it said so',
    },
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
