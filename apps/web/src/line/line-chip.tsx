import { useServerNow } from '../clock/use-server-now.ts'
import { phaseName, tellOpensIn } from '../concerts/phase-chip.tsx'
import { classNames } from '../design/class-names.ts'
import { m } from '../paraglide/messages.js'
import { type FanPhase, fanPhaseOf } from './fan-phase.ts'
import type { LineView } from './use-line.ts'

/** A lamp for each: hollow before, lit when something moves, dark when nothing will. */
const looks: Record<FanPhase, { chip: string; lamp: string }> = {
  before: { chip: 'border-rule bg-surface', lamp: 'border-2 border-faint' },
  lobby: { chip: 'border-lamp/60 bg-lamp/15 text-lamp-text', lamp: 'border-2 border-lamp' },
  placing: { chip: 'border-lamp/60 bg-lamp/15 text-lamp-text', lamp: 'bg-lamp animate-pulse' },
  open: { chip: 'border-rule bg-surface', lamp: 'bg-lamp' },
  waiting: { chip: 'border-lamp/60 bg-lamp/15 text-lamp-text', lamp: 'bg-lamp' },
  turn: { chip: 'border-transparent bg-lamp text-lamp-ink', lamp: 'bg-lamp-ink animate-pulse' },
  inside: { chip: 'border-transparent bg-lamp text-lamp-ink', lamp: 'bg-lamp-ink' },
  paused: { chip: 'border-rule bg-raised', lamp: 'bg-faint' },
  draining: { chip: 'border-rule bg-raised', lamp: 'border-2 border-lamp' },
  soldOut: { chip: 'border-rule bg-raised', lamp: 'bg-bad' },
  closed: { chip: 'border-rule bg-raised', lamp: 'bg-rule' },
}

function phaseText(phase: FanPhase, opensInMs: number): string {
  switch (phase) {
    case 'placing':
      return m.chip_placing()
    case 'waiting':
      return m.chip_waiting()
    case 'turn':
      return m.chip_turn()
    case 'inside':
      return m.chip_inside()
    case 'before':
    case 'lobby':
      return tellOpensIn(phase, opensInMs)
    default:
      return phaseName(phase)
  }
}

/** Where the fan stands in one or two words, with the time left while there is something to open. */
export function LineChip({ line: { entry, progress, status } }: { line: LineView }) {
  const nowMs = useServerNow()
  if (entry === undefined || progress === undefined || status === undefined) {
    return (
      <span aria-hidden="true" className="skeleton min-h-7 rounded-full px-3 text-sm">
        {m.chip_waiting()}
      </span>
    )
  }
  const phase = fanPhaseOf(entry, progress, status.opensAtMs, nowMs)
  return (
    <span
      className={classNames(
        'inline-flex min-h-7 items-center gap-2 rounded-full border px-3 text-sm font-semibold whitespace-nowrap',
        looks[phase].chip,
      )}
    >
      <span aria-hidden="true" className={classNames('size-2 rounded-full', looks[phase].lamp)} />
      {phaseText(phase, status.opensAtMs - nowMs)}
    </span>
  )
}
