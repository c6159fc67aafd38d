import type { LinePhase } from '@greenroom/contract'
import { m } from '../paraglide/messages.js'

const sentences: Partial<Record<LinePhase, () => string>> = {
  paused: m.line_paused,
  soldOut: m.line_sold_out,
}

/** Why the line stands still, when it does. */
export function tellStandstill(phase: LinePhase | undefined): string | undefined {
  return phase && sentences[phase]?.()
}

export function PhaseLine({ phase }: { phase: LinePhase }) {
  const sentence = tellStandstill(phase)
  if (sentence === undefined) return null
  return (
    <p className="mt-5 max-w-[44ch] rounded-control border border-cream/20 bg-stage/70 px-4 py-2.5">
      {sentence}
    </p>
  )
}
