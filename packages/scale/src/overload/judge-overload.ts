import { quantile } from '@greenroom/bench'
import type { InsideCall } from './inside-fans.ts'
import type { OverloadFindings, Round } from './run-overload.ts'

export type OverloadVerdict = {
  unloadedP99Ms: number
  overloadedP99Ms: number
  /** Of the second to the first. */
  ratio: number
  /** What was to be asked, as many times as the server can serve. */
  factor: number
  insideFailed: number
  /** Of fans inside: those without a crowd, or those beside it, whichever are fewer. */
  insideCalls: number
  /** What was sent of the crowd's calls, over what the server can serve. */
  offered: number
  served: number
  refused: number
  failed: number
  firstFailure: string | undefined
  refusedP50Ms: number
  refusedP99Ms: number
  servedP99Ms: number
  retryAfter: Record<string, number>
  /** The longest, over all rounds, from when the crowd left until calls are as they were. */
  normalAfterMs: number
  /** What the api has in memory more at the end of the last overload than before the first, and before the last than before the first. */
  grownBytes: { overloaded: number; atRest: number }
}

/** How much longer than unloaded is still as good as unloaded. */
const mostRatio = 1.5
/** Of what was to be asked; less is another overload than the one that is judged. */
const leastOffered = 0.9
export const mostNormalAfterMs = 5_000
const mostRefusedP99Ms = 1_000
/** Those who wait and what is new take up to three nurseries of 64 MiB and what has grown old meanwhile; at rest that is given back. */
const mostGrownBytes = { overloaded: 256 * 2 ** 20, atRest: 64 * 2 ** 20 }
/** Of fewer calls the slowest in a hundred are less than five, which say nothing. */
const leastCalls = 500

export function judgeOverload({ rounds, servedPerSecond, factor }: OverloadFindings): OverloadVerdict {
  const before = rounds.flatMap((round) => round.before)
  const during = rounds.flatMap((round) => round.during)
  const unloadedP99Ms = p99(before)
  const overloadedP99Ms = p99(during)
  const crowds = rounds.map((round) => round.crowd)
  const sum = (pick: (crowd: Round['crowd']) => number): number =>
    crowds.reduce((total, crowd) => total + pick(crowd), 0)
  const all = rounds.flatMap((round) => [...round.before, ...round.during, ...round.after])
  const refusedMs = crowds.flatMap((crowd) => crowd.refusedMs)
  const sent = sum((crowd) => crowd.due) - sum((crowd) => crowd.unsent)
  return {
    unloadedP99Ms,
    overloadedP99Ms,
    ratio: overloadedP99Ms / unloadedP99Ms,
    factor,
    insideFailed: all.filter((call) => !call.ok).length,
    insideCalls: Math.min(before.length, during.length),
    offered: sent / sum((crowd) => crowd.seconds) / servedPerSecond,
    served: sum((crowd) => crowd.served),
    refused: sum((crowd) => crowd.refused),
    failed: sum((crowd) => crowd.failed),
    firstFailure: crowds.find((crowd) => crowd.failed > 0)?.firstFailure,
    refusedP50Ms: quantile(refusedMs, 0.5),
    refusedP99Ms: quantile(refusedMs, 0.99),
    servedP99Ms: quantile(
      crowds.flatMap((crowd) => crowd.servedMs),
      0.99,
    ),
    retryAfter: addUp(crowds.map((crowd) => crowd.retryAfter)),
    normalAfterMs: Math.max(...rounds.map((round) => normalAfter(round, mostRatio * unloadedP99Ms))),
    grownBytes: {
      overloaded: (rounds.at(-1)?.bytesDuring ?? 0) - (rounds[0]?.bytesBefore ?? 0),
      atRest: (rounds.at(-1)?.bytesBefore ?? 0) - (rounds[0]?.bytesBefore ?? 0),
    },
  }
}

/** What is not as it must be, in words; none when an overload costs the fans inside next to nothing. */
export function findOverloadFaults(verdict: OverloadVerdict): string[] {
  const { ratio, insideFailed, offered, factor, refused, failed, retryAfter, normalAfterMs, grownBytes } =
    verdict
  const told = Object.keys(retryAfter)
  const must: [string, boolean][] = [
    [`fans inside wait ${ratio.toFixed(2)} times as long (p99)`, ratio < mostRatio],
    [`${insideFailed} calls of fans inside failed`, insideFailed === 0],
    [`${verdict.insideCalls} calls of fans inside are too few to tell`, verdict.insideCalls >= leastCalls],
    [
      `only ${offered.toFixed(1)} times what can be served was asked, not ${factor}`,
      offered >= leastOffered * factor,
    ],
    ['nobody was refused: there was no overload', refused > 0],
    [`${failed} calls of the crowd were neither served nor refused (${verdict.firstFailure})`, failed === 0],
    [
      `refusals take ${verdict.refusedP99Ms.toFixed(0)} ms (p99)`,
      refused === 0 || verdict.refusedP99Ms < mostRefusedP99Ms,
    ],
    ['a refusal did not say when to come back', !told.includes('none')],
    ['all who are refused are told to come back at once', refused === 0 || told.length > 1],
    [`it takes ${(normalAfterMs / 1_000).toFixed(1)} s to be normal`, normalAfterMs <= mostNormalAfterMs],
    [
      `memory grew by ${toMiB(grownBytes.overloaded)} MiB`,
      grownBytes.overloaded <= mostGrownBytes.overloaded,
    ],
    [
      `memory between overloads grew by ${toMiB(grownBytes.atRest)} MiB`,
      grownBytes.atRest <= mostGrownBytes.atRest,
    ],
  ]
  return must.flatMap(([fault, holds]) => (holds ? [] : [fault]))
}

/** Ms from when the crowd left until the p99 of the calls that begin from then on is below `limitMs`; as long as was looked, if never. */
function normalAfter({ after, crowdLeftMs }: Pick<Round, 'after' | 'crowdLeftMs'>, limitMs: number): number {
  const calls = after.toSorted((one, other) => one.beganMs - other.beganMs)
  const from = calls.findIndex((_, index) => p99(calls.slice(index)) < limitMs)
  const first = from < 0 ? calls.at(-1) : calls[from]
  return from === 0 || first === undefined ? 0 : first.beganMs - crowdLeftMs
}

function p99(calls: readonly InsideCall[]): number {
  return quantile(
    calls.map((call) => call.tookMs),
    0.99,
  )
}

function addUp(counts: readonly Record<string, number>[]): Record<string, number> {
  const total: Record<string, number> = {}
  for (const [key, value] of counts.flatMap((each) => Object.entries(each)))
    total[key] = (total[key] ?? 0) + value
  return total
}

function toMiB(bytes: number): string {
  return (bytes / 2 ** 20).toFixed(0)
}
