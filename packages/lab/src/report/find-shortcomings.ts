import type { ProofPart } from '@greenroom/stack'
import type { OtherParts } from './parts.ts'
import type { ProofReport } from './proof-report.ts'

/** From so many minutes on a run is the whole proof, and must have met and seen so much. */
const whole = { minutes: 30, faults: 1_000, ackedPaymentsDuringFaults: 20_000 }

const partNames = { mutants: 'the mutants', simulation: 'the simulation', recovery: 'recovery' } as const

/**
 * Why a report proves less than it set out to, each reason in words; none: it is proven. Other parts count when they are
 * there, also when they cannot be read; when all were asked for, they must be there.
 */
export function findShortcomings(
  report: Omit<ProofReport, 'shortcomings'>,
  { needsAllParts, unreadable = [] }: { needsAllParts: boolean; unreadable?: readonly string[] },
): string[] {
  const { violations, crashes, commit } = report
  return [
    ...(violations.length > 0 ? [`${count(violations.length)} violations`] : []),
    ...(crashes.length > 0 ? [`${count(crashes.length)} crashes`] : []),
    ...(commit.includes(', then ') ? [`the commit changed while it ran: ${commit}`] : []),
    ...(commit.endsWith('+') ? [`what ran is not what was committed: ${commit}`] : []),
    ...unreadable,
    ...partsOf(report).flatMap(([name, part]) =>
      part === null
        ? needsAllParts
          ? [`${partNames[name]}: not run`]
          : []
        : judgePart(partNames[name], part, commit),
    ),
    ...judgeMutants(report.mutants),
    ...(report.minutes >= whole.minutes ? judgeSize(report) : []),
  ]
}

function partsOf({ mutants, simulation, recovery }: OtherParts): [keyof OtherParts, ProofPart | null][] {
  return [
    ['mutants', mutants],
    ['simulation', simulation],
    ['recovery', recovery],
  ]
}

function judgePart(name: string, part: ProofPart, commit: string): string[] {
  return [
    ...(part.commit === commit ? [] : [`${name}: of another commit, ${part.commit}`]),
    ...(part.violations === 0 ? [] : [`${name}: ${count(part.violations)} violations`]),
  ]
}

function judgeMutants(mutants: OtherParts['mutants']): string[] {
  if (mutants === null || (mutants.killed === mutants.total && mutants.total > 0)) return []
  return [`${count(mutants.killed)} of ${count(mutants.total)} mutants killed`]
}

function judgeSize({
  faults,
  ackedPaymentsDuringFaults,
  ownChecks,
}: Omit<ProofReport, 'shortcomings'>): string[] {
  return [
    ...(faults.total < whole.faults
      ? [`${count(faults.total)} faults, fewer than ${count(whole.faults)}`]
      : []),
    ...(ackedPaymentsDuringFaults < whole.ackedPaymentsDuringFaults
      ? [
          `${count(ackedPaymentsDuringFaults)} payments acknowledged during faults, fewer than ${count(whole.ackedPaymentsDuringFaults)}`,
        ]
      : []),
    ...(faults.notTried.length > 0 ? [`never tried: ${faults.notTried.join(', ')}`] : []),
    ...(ownChecks === 0 ? ['the product never checked itself'] : []),
  ]
}

function count(value: number): string {
  return value.toLocaleString('en')
}
