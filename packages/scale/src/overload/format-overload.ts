import { quantile } from '@greenroom/bench'
import type { InsideCall } from './inside-fans.ts'
import { findOverloadFaults, type OverloadVerdict } from './judge-overload.ts'
import type { OverloadFindings } from './run-overload.ts'

/** What an overload did, as a table for people. */
export function formatOverload(
  { rounds, servedPerSecond, insideFans }: OverloadFindings,
  verdict: OverloadVerdict,
): string {
  const faults = findOverloadFaults(verdict)
  const names = ['snapshot', 'hold', 'charge'] as const
  const ofAll = (part: 'before' | 'during' | 'after', name?: InsideCall['name']): string => {
    const times = rounds.flatMap((round) =>
      round[part].filter((call) => name === undefined || call.name === name).map((call) => call.tookMs),
    )
    return `${quantile(times, 0.5).toFixed(1)} / ${quantile(times, 0.99).toFixed(1)}`
  }
  return [
    faults.length === 0 ? 'Fans inside hardly noticed.' : `Not as it must be: ${faults.join('; ')}.`,
    '',
    `${insideFans} fans inside, p50 / p99 in ms over ${rounds.length} rounds:`,
    '',
    '| call | without a crowd | overloaded | after |',
    '|---|---:|---:|---:|',
    `| all | ${ofAll('before')} | ${ofAll('during')} | ${ofAll('after')} |`,
    ...names.map(
      (name) => `| ${name} | ${ofAll('before', name)} | ${ofAll('during', name)} | ${ofAll('after', name)} |`,
    ),
    '',
    '| | |',
    '|---|---:|',
    `| p99 overloaded, over unloaded | ${verdict.ratio.toFixed(2)} |`,
    `| the server can serve | ${servedPerSecond.toFixed(0)}/s |`,
    `| asked of it | ${verdict.offered.toFixed(1)} times that |`,
    `| served, refused, neither | ${verdict.served}, ${verdict.refused}, ${verdict.failed} |`,
    `| refused within, p50 / p99 | ${verdict.refusedP50Ms.toFixed(1)} / ${verdict.refusedP99Ms.toFixed(1)} ms |`,
    `| served within, p99 | ${verdict.servedP99Ms.toFixed(0)} ms |`,
    `| Retry-After, seconds: times | ${Object.entries(verdict.retryAfter)
      .map(([told, times]) => `${told}: ${times}`)
      .join(', ')} |`,
    `| normal again after | ${(verdict.normalAfterMs / 1_000).toFixed(1)} s |`,
    `| memory of the api in each overload | ${rounds.map((round) => `${Math.round(round.bytesDuring / 2 ** 20)}`).join(', ')} MiB |`,
    `| cores the api used in them | ${rounds.map((round) => round.apiCpuCores.toFixed(2)).join(', ')} |`,
    '',
  ].join('\n')
}
