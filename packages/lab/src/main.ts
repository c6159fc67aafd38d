import { join } from 'node:path'
import { joinCommits, readCommit, writeProofPart } from '@greenroom/stack'
import { Command, InvalidArgumentError } from 'commander'
import { allFaults } from './faults/all-faults.ts'
import type { Fault } from './faults/fault.ts'
import { prove } from './prove.ts'
import { measureRecovery } from './recovery/measure-recovery.ts'
import { formatProof } from './report/format-proof.ts'
import { makeOtherParts } from './report/make-parts.ts'
import { readOtherParts, repositoryRoot, writeHistory, writeReport } from './report/parts.ts'
import { isProven, makeReport } from './report/proof-report.ts'
import { startWorld } from './world/start-world.ts'

type Flags = {
  minutes: number
  seed: number
  fans: number
  only: Fault[]
  out: string
  recovery: boolean
  all: boolean
  operations: number
}

const say = (line: string): void => void process.stdout.write(`${line}\n`)

function toNumber(text: string): number {
  const value = Number(text)
  if (!(value > 0)) throw new InvalidArgumentError('a number above 0')
  return value
}

function addFault(name: string, earlier: Fault[]): Fault[] {
  const fault = allFaults.find((each) => each.name === name)
  if (fault === undefined) {
    throw new InvalidArgumentError(`one of ${allFaults.map((each) => each.name).join(', ')}`)
  }
  return [...earlier, fault]
}

const { minutes, seed, fans, only, out, recovery, all, operations }: Flags = new Command('prove')
  .description('breaks the product in every way there is while fans buy, and checks that nothing was lost')
  .option('--minutes <n>', 'how long', toNumber, 30)
  .option('--seed <n>', 'plans the same faults again', toNumber, 1)
  .option('--fans <n>', 'how many buy and look', toNumber, 220)
  .option('--only <fault>', 'this fault alone; may be given again', addFault, [])
  .option('--out <folder>', 'where proof.json and proof.md go', join(repositoryRoot, 'docs'))
  .option('--recovery', 'measure how long it takes to be well again, instead', false)
  .option('--all', 'first makes every other part of the report: simulation, mutants, recovery', false)
  .option('--operations <n>', 'how many the simulation makes, with --all', toNumber, 100_000_000)
  .parse()
  .opts()

process.exit(await (recovery ? runRecovery() : runProof()))

/** 0: proven. 1: something was found, and the report says what. */
async function runProof(): Promise<number> {
  // read again at the end: every process that a fault brings back is started from what is here then
  const commit = readCommit()
  if (all) await makeOtherParts({ operations, say })
  warnOfParts(commit)
  const faults = only.length === 0 ? allFaults : only
  const world = await startWorld()
  try {
    const run = await prove(world, { seed, minutes, fans, faults, say })
    const ran = joinCommits(commit, readCommit())
    // one that was still under way when the run began is there now
    const { parts, unreadable } = readOtherParts()
    const report = makeReport(run, { commit: ran, seed, fans, parts, unreadable, needsAllParts: all })
    writeReport(join(out, 'proof.json'), `${JSON.stringify(report, null, 2)}\n`)
    writeReport(join(out, 'proof.md'), formatProof(report))
    if (report.violations.length > 0) writeHistory(join(out, 'history.jsonl'), run)
    for (const { round, oracle, fault } of report.violations) say(`round ${round}: ${oracle}: ${fault}`)
    for (const crash of report.crashes) say(crash)
    say(
      isProven(report)
        ? `proven: ${report.faults.total} faults, ${report.ackedPaymentsDuringFaults} payments acknowledged during them, none lost, none doubled, 0 violations`
        : `NOT proven (${report.shortcomings.join('; ')}): see ${join(out, 'proof.md')}${report.violations.length > 0 ? ' and history.jsonl beside it' : ''}; again with --seed ${seed} --minutes ${minutes}`,
    )
    return isProven(report) ? 0 : 1
  } finally {
    await world.stop()
  }
}

/** Half an hour is long to wait for a report that proves less for what is known now. */
function warnOfParts(commit: string): void {
  const { parts, unreadable } = readOtherParts()
  for (const why of unreadable) say(`${why}: unless it is made again by then, the report will prove less`)
  for (const [name, part] of Object.entries(parts)) {
    const why = part === null ? 'was not run' : part.commit === commit ? undefined : `is of ${part.commit}`
    if (why !== undefined) say(`${name} ${why}: unless it is made by then, the report will prove less`)
  }
}

async function runRecovery(): Promise<number> {
  const figures = await measureRecovery(say)
  writeProofPart('recovery', figures)
  say(JSON.stringify(figures, null, 2))
  return 0
}
