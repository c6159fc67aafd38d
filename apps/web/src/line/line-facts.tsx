import { estimateWait } from '@greenroom/client'
import type { QueueProgress } from '@greenroom/contract'
import type { ReactNode } from 'react'
import { m } from '../paraglide/messages.js'
import { formatSpanRange, roundSpan } from '../text/durations.ts'
import { currentLocale } from '../text/locale.ts'
import { tellCount } from '../text/money.ts'
import { tellSpan } from '../text/spans.ts'
import { useLongerWait } from './use-longer-wait.ts'
import type { LineView } from './use-line.ts'
import type { LongerWait } from './why-longer.ts'

/** The wait in numbers: a range, never a promise, why it may be unknown, and why it has grown. */
export function LineFacts({ line }: { line: LineView }) {
  const { progress } = line
  const longer = useLongerWait(line)
  return (
    <section aria-labelledby="facts">
      <h2 id="facts" className="text-lg">
        {m.the_line_now()}
      </h2>
      <dl className="mt-3 divide-y divide-rule/60 border-y border-rule/60">
        <Fact term={m.wait_left()}>{waitText(line)}</Fact>
        <Fact term={m.people_waiting()}>{progress && m.people({ count: tellCount(progress.waiting) })}</Fact>
        <Fact term={m.people_inside()}>{progress && m.people({ count: tellCount(progress.active) })}</Fact>
        <Fact term={m.outflow()}>
          {progress &&
            (progress.outflowPerMinute === null
              ? letsNobodyIn(progress)
                ? '–'
                : m.estimating()
              : m.people_per_minute({ count: tellCount(Math.round(progress.outflowPerMinute)) }))}
        </Fact>
      </dl>
      <p className="mt-2.5 text-sm text-faint">
        {longer === undefined ? m.estimate_note() : tellWhy(longer)}
      </p>
    </section>
  )
}

function tellWhy(longer: LongerWait): string {
  if (longer.reason === 'stopped') return m.wait_stopped()
  return m.wait_slower({ before: tellCount(longer.before), after: tellCount(longer.after) })
}

function waitText({ ahead, entry, progress }: LineView): string | undefined {
  if (progress === undefined || entry === undefined) return undefined
  if (entry.state === 'offered' || entry.state === 'active') return m.wait_over()
  if (progress.phase === 'paused') return m.wait_paused()
  if (letsNobodyIn(progress)) return '–'
  if (progress.phase === 'lobby') return m.wait_after_draw()
  // who is not in the line yet would stand behind everybody who waits
  const range = estimateWait(ahead ?? progress.waiting, progress.outflowPerMinute)
  if (range === null) return m.estimating()
  const low = roundSpan(range.lowMs)
  const high = roundSpan(range.highMs)
  if (low.unit === high.unit && low.count === high.count) return m.about({ span: tellSpan(low) })
  return formatSpanRange(low, high, currentLocale())
}

/** There is nothing to estimate. */
function letsNobodyIn({ phase }: QueueProgress): boolean {
  return phase === 'before' || phase === 'closed'
}

function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div className="flex min-h-12 items-center justify-between gap-4">
      <dt className="text-soft">{term}</dt>
      <dd className="text-right font-semibold">
        {children ?? (
          <span aria-hidden="true" className="skeleton">
            0000000
          </span>
        )}
      </dd>
    </div>
  )
}
