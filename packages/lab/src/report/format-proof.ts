import { historyOracles, sqlOracles } from '@greenroom/oracles'
import { allFaults } from '../faults/all-faults.ts'
import type { RecoveryMeasurement } from '../recovery/recovery-figures.ts'
import { isProven, type ProofReport } from './proof-report.ts'

/** The report for people: `docs/proof.md`. */
export function formatProof(report: ProofReport): string {
  const { machine } = report
  const verdict = isProven(report)
    ? 'Nothing was lost, nothing was sold twice, no rule was broken.'
    : `**${report.violations.length} violations, ${report.crashes.length} crashes.**`
  return [
    '# The proof',
    '',
    'Made by `pnpm prove`; nothing in it is typed by hand. [What the lab does](../packages/lab/README.md).',
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
          report.mutants === null ? 'not run' : `${report.mutants.killed} of ${report.mutants.total}`,
        ],
        ['simulated operations', report.simulatedOperations ?? 'not run'],
        ['rounds', report.rounds],
        [
          'calls answered, refused, without an answer',
          `${count(report.calls.ok)}, ${count(report.calls.refused)}, ${count(report.calls.unknown)}`,
        ],
        ['maps compared seat for seat', report.mapsCompared],
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
    ...formatViolations(report),
    '## What was asked after every round',
    '',
    '| invariant | what it says |',
    '|---|---|',
    ...sqlOracles.map(({ name, says }) => `| ${name} | ${says} |`),
    ...historyOracles.map(({ names, says }) => `| ${names.join(', ')} | ${says} |`),
    '',
    '## Recovery',
    '',
    ...formatRecovery(report.recovery?.measurements),
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

function formatRecovery(measurements: readonly RecoveryMeasurement[] | undefined): string[] {
  if (measurements === undefined) return ['Not measured: `pnpm prove --recovery`.']
  return [
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

function count(value: number): string {
  return value.toLocaleString('en')
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`
}
