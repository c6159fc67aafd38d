import { Check, ScanLine, TriangleAlert, X } from 'lucide-react'
import { classNames } from '../../design/class-names.ts'
import { m } from '../../paraglide/messages.js'
import { tellSeat } from '../../text/seats.ts'
import { type GateAnswer, type GateTone, toneOf } from './gate-answer.ts'
import { tellVerdict, tellWhy } from './tell-answer.ts'

/** Dark letters on amber, light ones on green and red: each at 4.5 to 1 or more, in the sun and in the dark. */
const looks: Record<GateTone, string> = {
  good: 'bg-[#14703c] text-white',
  warn: 'bg-[#f5b83d] text-[#241a00]',
  bad: 'bg-[#b3261e] text-white',
}
const signs = { good: Check, warn: TriangleAlert, bad: X }

/** The answer to the last scan, as large as it can be: colour, sign and words say the same. Told to a screen reader at once. */
export function VerdictPanel(props: { answer: GateAnswer | undefined; nth: number; isAsking: boolean }) {
  const { answer, isAsking } = props
  const tone = answer && toneOf(answer)
  const Sign = tone === undefined ? ScanLine : signs[tone]
  const ticket = answer !== undefined && 'ticket' in answer ? answer.ticket : undefined
  return (
    <output
      aria-busy={isAsking || undefined}
      data-tone={tone}
      className={classNames(
        'grid min-h-52 place-items-center rounded-panel border border-rule/60 px-5 py-6 text-center',
        tone === undefined ? 'bg-surface text-soft' : looks[tone],
        isAsking && 'opacity-60',
      )}
    >
      {/* anew for each answer: two alike one after another are told twice */}
      <span key={props.nth} className="grid max-w-full justify-items-center gap-1">
        <Sign aria-hidden="true" className="size-14" strokeWidth={2.5} />
        <span className="text-3xl font-extrabold sm:text-4xl">
          {answer === undefined ? m.gate_waiting() : tellVerdict(answer.verdict)}
        </span>
        {ticket !== undefined && (
          <span className="max-w-full text-xl font-semibold break-words">
            {tellSeat(ticket)} · {ticket.holderName}
          </span>
        )}
        {answer !== undefined && <span className="max-w-prose text-lg">{tellWhy(answer)}</span>}
        {isAsking && <span className="sr-only">{m.gate_asking()}</span>}
      </span>
    </output>
  )
}
