import type { Mutant } from '../../packages/core/src/testing/mutants/mutant.ts'

/** An expectation of the test that was not met. Vitest's own for `resolves`, `rejects` and `poll` are plain errors. */
const unmet = /^(AssertionError: |Error: expected |Error: promise (resolved|rejected) )/

/**
 * What is left when a guard was taken out clumsily: SQL, Lua or TypeScript that does not even run. And a test that waited
 * too long, which says nothing about what it waited for.
 */
const broken = [
  /syntax error|SyntaxError|ReferenceError|TypeError|is not defined/,
  /(column|relation|table|function|operator|type|missing FROM-clause entry).{0,80} does not exist|for table "\w+"$/m,
  /there is no parameter|bind message supplies|could not determine data type|no unique or exclusion constraint/,
  /must appear in the GROUP BY|is ambiguous|cannot cast|is of type .* but expression/,
  /Error (compiling|running) script|user_script|Script attempted to access/,
  /(Test|Hook) timed out in \d/,
]

/**
 * Why a failed test does not prove that it noticed the missing guard; `undefined` when it does: it died of what the mutant
 * says (`fails`), or of an expectation that was not met, with nothing broken in sight.
 */
export function tellDoubt({ fails }: Pick<Mutant, 'fails'>, message: string): string | undefined {
  if (fails !== undefined) return message.includes(fails) ? undefined : `it did not die of "${fails}"`
  if (!unmet.test(message)) return 'it died of something else than an expectation'
  const crash = broken.map((pattern) => pattern.exec(message)?.[0]).find((found) => found !== undefined)
  return crash === undefined ? undefined : `what stands in place of the guard does not run: ${crash}`
}
