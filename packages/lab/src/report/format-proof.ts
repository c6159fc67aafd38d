import { historyOracles, sqlOracles } from '@greenroom/oracles'
import type { ProofPart } from '@greenroom/stack'
import { labOracles } from '../checks/lab-oracles.ts'
import { allFaults } from '../faults/all-faults.ts'
import type { RecoveryMeasurement } from '../recovery/recovery-figures.ts'
import { isProven, type ProofReport } from './proof-report.ts'

/** The report for people: `docs/proof.md`. */
export function formatProof(report: ProofReport): string {
  const { machine } = report
  const verdict = isProven(report)
    ? 'Nothing was lost, nothing was sold twice, no rule was broken.'
    : `**Not proven: ${report.shortcomings.join('; ')}.**`
  return [
    '# The proof',
    '',
    'Made by `pnpm prove --all`, or by `pnpm prove` from what the other commands left; nothing in it is typed by hand. [What the lab does](../packages/lab/README.md).',
    '',
    verdict,
    '',
    '| | |',
    '|---|---|',
    ...(
      [
        ['faults', report.faults.total],
        ['payments acknowledged during faults', report.ackedPaymentsDuringFaults],
        ['payments acknowledged in all', report.ackedPayments],
        ['acknowledged and lost', report.lost],
        ['doubled', report.doubled],
        ['violations', report.violations.length],
        ['crashes', report.crashes.length],
        [
          'mutants killed',
          report.mutants === null
            ? 'not run'
            : `${report.mutants.killed} of ${report.mutants.total}${describePart(report.mutants, report)}`,
        ],
        [
          'simulated operations',
          report.simulation === null
            ? 'not run'
            : `${count(report.simulation.operations)} in ${count(report.simulation.runs)} runs, ${count(report.simulation.violations)} violations${describePart(report.simulation, report)}`,
        ],
        ['rounds', report.rounds],
        [
          'calls answered, refused, without an answer',
          `${count(report.calls.ok)}, ${count(report.calls.refused)}, ${count(report.calls.unknown)}`,
        ],
        [
          'joins and readings of a place while another device of the fan asked, too',
          report.callsOfTwoDevices,
        ],
        ...Object.entries(report.jobs).map(
          ([name, { met, missed }]) =>
            [`${name}: met, and gone before`, `${count(met)}, ${count(missed)}`] as const,
        ),
        ['maps compared seat for seat', report.mapsCompared],
        ['checks that the product made of itself meanwhile', report.ownChecks],
        [
          'mended and quiet after a round',
          `${seconds(report.quietAfterMs.median)} (median), ${seconds(report.quietAfterMs.longest)} (longest)`,
        ],
        ['fans', report.fans],
        ['minutes', report.minutes],
        ['seed', report.seed],
        ['commit', report.commit],
        [
          'machine',
          `${machine.cpu}, ${machine.cores} cores, ${machine.memoryGb} GB, ${machine.system}, Node ${machine.node}`,
        ],
        ['finished', report.finishedAt],
      ] as const
    ).map(
      ([name, value]) =>
        `| ${name} | ${typeof value === 'number' && name !== 'seed' ? count(value) : value} |`,
    ),
    '',
    `Again: \`pnpm prove --seed ${report.seed} --minutes ${Math.ceil(report.minutes)}\`. The same seed plans the same faults at the same moments of each round; what`,
    'two cores make of it differs from run to run.',
    '',
    '## Faults',
    '',
    '| fault | times | what it is |',
    '|---|---:|---|',
    ...allFaults.map(({ name, says }) => `| ${name} | ${report.faults.byKind[name] ?? 0} | ${says} |`),
    '',
    ...(report.faults.impossible.length === 0
      ? []
      : [`Not possible on this machine: ${report.faults.impossible.join(', ')}.`, '']),
    ...formatViolations(report),
    '## What was asked after every round',
    '',
    '| invariant | what it says |',
    '|---|---|',
    ...sqlOracles.map(({ name, says }) => `| ${name} | ${says} |`),
    ...historyOracles.map(({ names, says }) => `| ${names.join(', ')} | ${says} |`),
    ...Object.entries(labOracles).map(([name, says]) => `| ${name} | ${says} |`),
    '',
    '## Recovery',
    '',
    ...formatRecovery(report),
    '',
  ].join('\n')
}

function formatViolations({ violations, crashes }: ProofReport): string[] {
  if (violations.length === 0 && crashes.length === 0) return []
  return [
    '## Violations',
    '',
    ...violations.map(({ round, oracle, fault }) => `- round ${round}, \`${oracle}\`: ${fault}`),
    ...crashes.map((crash) => `- ${crash}`),
    '',
  ]
}

function formatRecovery(report: ProofReport): string[] {
  if (report.recovery === null) return ['Not measured: `pnpm prove --recovery`.']
  const measurements: readonly RecoveryMeasurement[] = report.recovery.measurements
  return [
    `Measured ${report.recovery.measuredAt}${describePart(report.recovery, report)}.`,
    '',
    '| what | took | floor | details |',
    '|---|---:|---|---|',
    ...measurements.map(
      ({ says, tookMs, floor, details }) =>
        `| ${says} | ${seconds(tookMs)} | ${floor === undefined ? '' : `${seconds(floor.tookMs)}: ${floor.says}`} | ${Object.entries(
          details,
        )
          .map(([name, value]) => `${name} ${count(value)}`)
          .join(', ')} |`,
    ),
  ]
}

/** What runs a part again, and of which commit it is when it is another than the report's. */
function describePart({ seed, commit }: ProofPart, report: ProofReport): string {
  return `${seed === null ? '' : `, seeds from ${seed}`}${commit === report.commit ? '' : `, of commit ${commit}`}`
}

function count(value: number): string {
  return value.toLocaleString('en')
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`
}
