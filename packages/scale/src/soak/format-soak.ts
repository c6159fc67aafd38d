import type { Machine } from '@greenroom/lab'
import type { SoakFindings } from './run-soak.ts'

/** `docs/soak.md`. */
export function formatSoak(
  { minutes, fans, counts, samples, trends }: SoakFindings,
  facts: { commit: string; machine: Machine; finishedAt: Date },
): string {
  const grown = trends.flatMap(({ measure, grew }) => (grew ? [measure] : []))
  const { machine } = facts
  return [
    '# The soak',
    '',
    `Made by \`pnpm soak --minutes ${minutes} --out docs\`; nothing in it is typed by hand. ${fans} fans come and go all the time, each evening with connections of its own: they`,
    'wait in line, watch the map, hold, pay and are refunded, give back, or walk away, so that holds run out.',
    '',
    grown.length === 0 ? '**Nothing grew.**' : `**Grew:** ${grown.join('; ')}.`,
    '',
    `Medians of each quarter of the run, ${samples} samples in all. Something grew when the last is above the second by more than comes and goes.`,
    '',
    '| | 1st | 2nd | 3rd | 4th | |',
    '|---|---:|---:|---:|---:|---|',
    ...trends.map(
      ({ measure, quarters, grew }) =>
        `| ${measure} | ${quarters.map((value) => value.toLocaleString('en', { maximumFractionDigits: 1 })).join(' | ')} | ${grew ? '**grew**' : ''} |`,
    ),
    '',
    `What happened: ${Object.entries(counts)
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, times]) => `${name} ${times.toLocaleString('en')}`)
      .join(', ')}.`,
    '',
    `Commit ${facts.commit}; ${machine.cpu}, ${machine.cores} cores, ${machine.memoryGb} GB, ${machine.system}, Node ${machine.node}; finished ${facts.finishedAt.toISOString()}.`,
    '',
  ].join('\n')
}
