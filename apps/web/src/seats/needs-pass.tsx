import type { ConcertId, Entry, WireError } from '@greenroom/contract'
import { Link } from '@tanstack/react-router'
import { greenroom } from '../data/api.ts'
import { buttonLook } from '../design/button.tsx'
import { EmptyState } from '../design/empty-state.tsx'
import { leaveLine } from '../line/missed-turn.ts'
import { tellMissedTurn } from '../line/tell-missed-turn.ts'
import { TurnDialog } from '../line/turn-dialog.tsx'
import { m } from '../paraglide/messages.js'
import { tellRefusal } from '../text/refusals.ts'
import { type Outside, whyOutside } from './why-outside.ts'

/** In place of the map for a fan who is not (or no longer) inside: why, and the way to the line. */
export function NeedsPass(
  props: Outside & {
    concertId: ConcertId
    entry: Entry | undefined
    refusal: WireError | undefined
    onFailure: () => void
  },
) {
  const { entry } = props
  return (
    <div className="flex flex-1 items-center justify-center overflow-y-auto">
      {/* the map is gone, and who does not see that hears it */}
      <div role="alert">
        <EmptyState
          isPart
          title={titles[whyOutside(props)]()}
          action={
            <Link
              to="/concerts/$concertId/line"
              params={{ concertId: props.concertId }}
              className={buttonLook()}
            >
              {entry?.state === 'waiting' ? m.to_line() : m.join_line()}
            </Link>
          }
        >
          {tellWhy(props)}
        </EmptyState>
      </div>
      {entry?.state === 'offered' && (
        <TurnDialog
          offer={entry}
          enter={(pass) => greenroom.line.enter(props.concertId, pass)}
          leave={() => leaveLine(greenroom.line, props.concertId)}
          onFailure={props.onFailure}
        />
      )}
    </div>
  )
}

const titles: Record<ReturnType<typeof whyOutside>, () => string> = {
  missed: m.turn_missed_title,
  over: m.pass_over_title,
  notYet: m.needs_pass_title,
}

function tellWhy(props: Parameters<typeof NeedsPass>[0]): string {
  const { missedAtMs, refusal } = props
  if (missedAtMs !== undefined) return tellMissedTurn(missedAtMs)
  if (whyOutside(props) === 'over') return m.pass_over_text()
  return refusal === undefined ? m.needs_pass_text() : tellRefusal(refusal)
}
