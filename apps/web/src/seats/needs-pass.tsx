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

/** In place of the map for a fan who is not (or no longer) inside: why, and the way to the line. */
export function NeedsPass(props: {
  concertId: ConcertId
  entry: Entry | undefined
  refusal: WireError | undefined
  /** the fan was inside while this page was open, and is not any more */
  wasInside: boolean
  missedAtMs: number | undefined
  onFailure: () => void
}) {
  const { entry } = props
  return (
    <div className="flex flex-1 items-center justify-center overflow-y-auto">
      <EmptyState
        isPart
        title={whatIsWrong(props)}
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
        {whyOutside(props)}
      </EmptyState>
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

type Outside = Parameters<typeof NeedsPass>[0]

function whatIsWrong({ wasInside, missedAtMs }: Outside): string {
  if (wasInside) return m.pass_over_title()
  return missedAtMs === undefined ? m.needs_pass_title() : m.turn_missed_title()
}

function whyOutside({ wasInside, missedAtMs, refusal }: Outside): string {
  if (wasInside) return m.pass_over_text()
  if (missedAtMs !== undefined) return tellMissedTurn(missedAtMs)
  return refusal === undefined ? m.needs_pass_text() : tellRefusal(refusal)
}
