import { writeFileSync } from 'node:fs'
import { joinCommits, readCommit, writeProofPart } from '@greenroom/stack'
import { Command, InvalidArgumentError, Option } from 'commander'
import { type PlantedBug, plantedBugs } from './planted-bugs.ts'
import { runSimulations, type SimulationSummary } from './run-simulations.ts'
import type { RunResult } from './simulate.ts'

type Options = {
  seed?: number
  fromSeed: number
  operations: number
  threads: number
  bug?: PlantedBug
  json?: string
  acceptStatements: boolean
}

const options: Options = new Command('simulate')
  .description(
    "Sells concerts in one thread, from seeds: the product's own code, everything random, everything failing.",
  )
  .option('--seed <n>', 'one sale again, exactly as it was, with its last steps', toCount)
  .option('--from-seed <n>', 'the first of many sales', toCount, 1)
  .option('--operations <n>', 'how many in all', toCount, 2_000_000)
  .option('--threads <n>', 'how many at once', toCount, 2)
  .addOption(
    new Option('--bug <name>', 'plants a mistake, which should be found').choices(Object.keys(plantedBugs)),
  )
  .option('--json <file>', 'writes the summary there')
  .option(
    '--accept-statements',
    'takes the SQL of the product for what the model does: after comparing them',
    false,
  )
  .parse()
  .opts()

const { seed, threads, fromSeed, operations, bug, json, acceptStatements } = options
// nothing but whole runs of the product as it is are told in the report of `pnpm prove`
const isForReport = seed === undefined && bug === undefined && !acceptStatements
const commit = isForReport ? readCommit() : ''
const summary = await runSimulations(
  seed === undefined
    ? {
        fromSeed,
        operations,
        threads: acceptStatements ? 1 : threads,
        bug,
        acceptStatements,
        onRun: sayProgress(),
      }
    : { fromSeed: seed, runs: 1, bug, onRun: (result) => describeRun(result) },
)
say(describe(summary))
if (json !== undefined) writeFileSync(json, `${JSON.stringify(summary, null, 2)}\n`)
if (isForReport) {
  writeProofPart('simulation', {
    ...summary,
    commit: joinCommits(commit, readCommit()),
    seed: fromSeed,
    violations: summary.violations.length,
  })
}
process.exitCode = summary.violations.length === 0 ? 0 : 1

/** Every failure at once, with what replays it; how far it is every ten seconds. */
function sayProgress(): (result: RunResult, soFar: SimulationSummary) => void {
  let saidAtMs = performance.now()
  return (result, soFar) => {
    if (result.violations.length > 0) describeRun(result)
    if (performance.now() - saidAtMs < 10_000) return
    saidAtMs = performance.now()
    say(
      `${soFar.operations.toLocaleString('en')} operations, ${soFar.operationsPerSecond.toLocaleString('en')} a second`,
    )
  }
}

function describeRun(result: RunResult): void {
  for (const step of result.lastSteps) say(`  ${step}`)
  for (const { oracle, fault, step } of result.violations.slice(0, 10))
    say(`step ${step}  ${oracle}: ${fault}`)
  say(
    `seed ${result.seed}: fingerprint ${result.fingerprint.toString(16)}; again: pnpm simulate --seed ${result.seed}`,
  )
}

function describe({ violations, ...counts }: SimulationSummary): string {
  const seeds = [...new Set(violations.map((violation) => violation.seed))]
  const found =
    violations.length === 0 ? '0 violations' : `${violations.length} violations, seeds ${seeds.join(', ')}`
  const lines = Object.entries(counts).map(
    ([name, count]) => `${name.padEnd(20)} ${Math.round(count).toLocaleString('en')}`,
  )
  return [...lines, found].join('\n')
}

function toCount(text: string): number {
  const count = Number(text.replaceAll('_', ''))
  if (!Number.isSafeInteger(count) || count < 1) throw new InvalidArgumentError('a whole number from 1 on')
  return count
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}
