import type { Mutant } from '../../packages/core/src/testing/mutants/mutant.ts'
import { runTests, type TestOutcome } from './run-tests.ts'
import { tellDoubt } from './tell-doubt.ts'

/**
 * `unproven`: the test does not pass with the guard in, does not run at all, or died of something that is not the missing
 * guard, so that its failing says nothing. `message` is what it said, cut short.
 */
export type Verdict = { mutant: Mutant; outcome: 'killed' | 'survived' | 'unproven'; message: string }

/** Runs at once: each is one thread for most of its time, and the whole must fit a machine with 2 cores. */
const lanes = 2

/** First every test with all guards in, in one run; then each mutant's test without its guard. */
export async function judgeMutants(
  mutants: readonly Mutant[],
  say: (verdict: Verdict) => void = () => undefined,
): Promise<Verdict[]> {
  const guarded = await runTests(mutants.map((mutant) => mutant.test))
  const verdicts: Verdict[] = []
  const waiting = mutants.entries()
  const judgeInTurn = async (): Promise<void> => {
    for (const [index, mutant] of waiting) {
      const verdict = await judge(mutant, findOutcome(guarded, mutant))
      verdicts[index] = verdict
      say(verdict)
    }
  }
  await Promise.all(Array.from({ length: lanes }, judgeInTurn))
  return verdicts
}

async function judge(mutant: Mutant, guarded: TestOutcome | undefined): Promise<Verdict> {
  if (guarded?.status !== 'passed') {
    return { mutant, outcome: 'unproven', message: shortly(guarded?.message ?? 'no such test ran') }
  }
  const without = findOutcome(await runTests([mutant.test], { mutant }), mutant)
  if (without === undefined) return { mutant, outcome: 'unproven', message: 'without the guard no test ran' }
  if (without.status === 'passed') return { mutant, outcome: 'survived', message: '' }
  const doubt = tellDoubt(mutant, without.message)
  if (doubt === undefined) return { mutant, outcome: 'killed', message: shortly(without.message) }
  return { mutant, outcome: 'unproven', message: `${doubt}; ${shortly(without.message)}` }
}

/** The first line: where it is long its two ends, what there was and what was expected. */
function shortly(message: string): string {
  const [line = ''] = message.split('\n')
  return line.length > 160 ? `${line.slice(0, 90)} … ${line.slice(-67)}` : line
}

function findOutcome(outcomes: readonly TestOutcome[], { test }: Mutant): TestOutcome | undefined {
  return outcomes.find(({ file, name }) => file === test.file && name === test.name)
}
