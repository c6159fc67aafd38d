import { useServerNow } from '../../clock/use-server-now.ts'
import { m } from '../../paraglide/messages.js'
import { roundSpan } from '../../text/durations.ts'
import { tellSpan } from '../../text/spans.ts'

/** Younger than this nobody asks how old it is; the questions come each two seconds. */
const freshMs = 4_000

/** How old numbers are, by the server's clock. */
export function Age({ asOfMs }: { asOfMs: number | undefined }) {
  const nowMs = useServerNow()
  if (asOfMs === undefined) return <span className="text-sm text-faint">{m.age_unknown()}</span>
  const ageMs = nowMs - asOfMs
  return (
    <span className="text-sm text-faint">
      {ageMs < freshMs ? m.age_now() : m.age_of({ span: tellSpan(roundSpan(ageMs)) })}
    </span>
  )
}
