import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { allMutants } from '../../packages/core/src/testing/mutants/all-mutants.ts'
import { joinCommits, readCommit, writeProofPart } from '../../packages/stack/src/proof-part.ts'
import { judgeMutants, type Verdict } from './judge-mutants.ts'
import { describeMutants } from './describe-mutants.ts'
import { withTestStack } from './with-test-stack.ts'

const { values } = parseArgs({ options: { only: { type: 'string', multiple: true } } })
const chosen = allMutants.filter(({ name }) => values.only?.some((text) => name.includes(text)) ?? true)
if (chosen.length === 0) throw new Error('no mutant has such a name')

const say = ({ mutant, outcome, message }: Verdict): void =>
  void process.stdout.write(`${outcome.padEnd(8)} ${mutant.name}: ${message}\n`)

const commit = readCommit()
const verdicts = await withTestStack(() => judgeMutants(chosen, say))
const alive = verdicts.filter(({ outcome }) => outcome !== 'killed')
process.stdout.write(`${verdicts.length - alive.length} of ${verdicts.length} mutants killed\n`)
if (values.only === undefined) {
  const root = resolve(import.meta.dirname, '../..')
  writeFileSync(resolve(root, 'docs/mutants.md'), describeMutants(verdicts))
  writeProofPart('mutants', {
    commit: joinCommits(commit, readCommit()),
    seed: null,
    violations: alive.length,
    total: verdicts.length,
    killed: verdicts.length - alive.length,
    survivors: alive.map(({ mutant, outcome }) => ({ name: mutant.name, outcome })),
  })
}
process.exitCode = alive.length === 0 ? 0 : 1
