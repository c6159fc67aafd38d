import type { LineKnowledge } from '@greenroom/contract'
import { m } from '../../paraglide/messages.js'
import { tellWhen } from '../tell-when.ts'

const reasons = { redisLost: m.gap_redis_lost, tooLate: m.gap_too_late } as const

/** What the moves in one line are known from, to and without. */
export function LineKnowledgeNote({ title, known }: { title: string; known: LineKnowledge | undefined }) {
  if (known === undefined) return <li>{m.known_nothing({ title })}</li>
  return (
    <li>
      {m.known_line({ title, since: tellWhen(known.sinceMs), until: tellWhen(known.untilMs) })}
      {known.gaps.map((gap) => (
        <div key={gap.toMs}>
          {m.known_gap({ from: tellWhen(gap.fromMs), to: tellWhen(gap.toMs), why: reasons[gap.reason]() })}
        </div>
      ))}
    </li>
  )
}
