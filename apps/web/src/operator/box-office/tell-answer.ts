import { m } from '../../paraglide/messages.js'
import { formatInstant } from '../../text/instants.ts'
import { currentLocale, told } from '../../text/locale.ts'
import { tellRefusal } from '../../text/refusals.ts'
import { tellWhen } from '../tell-when.ts'
import type { GateAnswer } from './gate-answer.ts'

const headlines: Record<GateAnswer['verdict'], () => string> = {
  admitted: m.gate_yes,
  used: m.gate_used,
  wrongShow: m.gate_wrong_show,
  refunded: m.gate_refunded,
  cancelled: m.gate_cancelled,
  forged: m.gate_forged,
  offline: m.gate_offline,
  offlineAgain: m.gate_offline_again,
  offlineElsewhere: m.gate_wrong_show,
  unchecked: m.gate_unchecked,
  failed: m.gate_failed,
}

/** Two or three words, to be read from an arm's length. */
export function tellVerdict(verdict: GateAnswer['verdict']): string {
  return headlines[verdict]()
}

/** What else there is to say; `undefined` when the headline says it all. */
export function tellWhy(answer: GateAnswer): string | undefined {
  switch (answer.verdict) {
    case 'used': {
      const when = tellWhen(answer.usedAtMs)
      return answer.usedBy === null
        ? m.gate_used_text({ when })
        : m.gate_used_by({ when, name: answer.usedBy })
    }
    case 'wrongShow': {
      const { concertTitle, startsAtMs, timeZone } = answer.ticket
      const when = formatInstant(startsAtMs, { locale: currentLocale(), timeZone })
      return m.gate_wrong_show_text({ title: told(concertTitle), when })
    }
    case 'refunded':
      return m.gate_refunded_text()
    case 'cancelled':
      return m.gate_cancelled_text()
    case 'forged':
      return m.gate_forged_text()
    case 'offline':
      return m.gate_offline_text()
    case 'offlineAgain':
      return m.gate_offline_again_text({ when: tellWhen(answer.atMs) })
    case 'unchecked':
      return m.gate_unchecked_text()
    case 'failed':
      return tellRefusal(answer.refusal)
    case 'admitted':
    case 'offlineElsewhere':
      return undefined
  }
}
