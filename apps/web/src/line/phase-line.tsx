import type { LinePhase } from '@greenroom/contract'
import { m } from '../paraglide/messages.js'

const sentences: Partial<Record<LinePhase, () => string>> = {
  paused: m.line_paused,
  soldOut: m.line_sold_out,
  draining: m.line_draining,
}

/** What is special about the line as it is, such as why it stands still; told to a screen reader when it begins. */
export function PhaseLine({ phase }: { phase: LinePhase }) {
  const sentence = sentences[phase]?.()
  return (
    <div aria-live="polite">
      {sentence !== undefined && (
        <p className="mt-5 max-w-[44ch] rounded-control border border-cream/20 bg-stage/70 px-4 py-2.5">
          {sentence}
        </p>
      )}
    </div>
  )
}
