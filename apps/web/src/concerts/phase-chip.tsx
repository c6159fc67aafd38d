import type { ConcertSummary, LinePhase } from '@greenroom/contract'
import { useServerNow } from '../clock/use-server-now.ts'
import { classNames } from '../design/class-names.ts'
import { m } from '../paraglide/messages.js'
import { formatCountdown, roundSpan } from '../text/durations.ts'
import { tellSpan } from '../text/spans.ts'

const dayMs = 86_400_000

const looks: Record<LinePhase, { chip: string; lamp: string }> = {
  before: { chip: 'border-rule bg-surface text-ink', lamp: 'border-2 border-faint' },
  lobby: { chip: 'border-lamp/60 bg-lamp/15 text-lamp-text', lamp: 'border-2 border-lamp' },
  open: { chip: 'border-transparent bg-lamp text-lamp-ink', lamp: 'bg-lamp-ink animate-pulse' },
  paused: { chip: 'border-rule bg-raised text-ink', lamp: 'bg-faint' },
  draining: { chip: 'border-rule bg-raised text-ink', lamp: 'bg-lamp' },
  soldOut: { chip: 'border-rule bg-raised text-soft', lamp: 'bg-bad' },
  closed: { chip: 'border-rule bg-raised text-soft', lamp: 'bg-rule' },
}

/** Where a sale stands, with the time left while there is something to wait for. */
export function PhaseChip(props: { phase: LinePhase; opensAtMs: number; className?: string }) {
  const look = looks[props.phase]
  const { phase } = props
  return (
    <span
      className={classNames(
        'inline-flex min-h-7 items-center gap-2 rounded-full border px-3 text-sm font-semibold whitespace-nowrap',
        look.chip,
        props.className,
      )}
    >
      <span aria-hidden="true" className={classNames('size-2 rounded-full', look.lamp)} />
      {phase === 'before' || phase === 'lobby' ? (
        <OpensIn phase={phase} opensAtMs={props.opensAtMs} />
      ) : (
        phaseName(phase)
      )}
    </span>
  )
}

function OpensIn({ phase, opensAtMs }: { phase: 'before' | 'lobby'; opensAtMs: number }) {
  return tellOpensIn(phase, opensAtMs - useServerNow())
}

/** The time left until a line opens: by the clock on the last day, before that roundly. */
export function tellOpensIn(phase: 'before' | 'lobby', leftMs: number): string {
  if (leftMs <= 0) return m.phase_opening()
  const left = leftMs > dayMs ? tellSpan(roundSpan(leftMs)) : formatCountdown(leftMs)
  return phase === 'lobby' ? m.phase_lobby_in({ left }) : m.phase_opens_in({ left })
}

const phaseNames: Record<LinePhase, () => string> = {
  before: m.phase_before,
  lobby: m.phase_lobby,
  open: m.phase_open,
  paused: m.phase_paused,
  draining: m.phase_draining,
  soldOut: m.phase_sold_out,
  closed: m.phase_closed,
}

export function phaseName(phase: LinePhase): string {
  return phaseNames[phase]()
}

/** Joining makes sense in these phases only. */
export function isJoinable(phase: ConcertSummary['phase']): boolean {
  return phase === 'lobby' || phase === 'open' || phase === 'paused' || phase === 'soldOut'
}
