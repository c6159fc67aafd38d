import type { ConcertId, Entry, WireError } from '@greenroom/contract'
import { Link } from '@tanstack/react-router'
import { greenroom } from '../data/api.ts'
import { buttonLook } from '../design/button.tsx'
import { EmptyState } from '../design/empty-state.tsx'
import { TurnDialog } from '../line/turn-dialog.tsx'
import { m } from '../paraglide/messages.js'
import { tellRefusal } from '../text/refusals.ts'

/** In place of the map for a fan who is not (or no longer) inside: why, and the way to the line. */
export function NeedsPass(props: {
  concertId: ConcertId
  entry: Entry | undefined
  refusal: WireError | undefined
  onEntered: () => void
}) {
  const { entry } = props
  return (
    <div className="flex flex-1 items-center justify-center overflow-y-auto">
      <EmptyState
        isPart
        title={m.needs_pass_title()}
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
        {props.refusal === undefined ? m.needs_pass_text() : tellRefusal(props.refusal)}
      </EmptyState>
      {entry?.state === 'offered' && (
        <TurnDialog
          offer={entry}
          enter={(pass) => greenroom.line.enter(props.concertId, pass)}
          onChange={props.onEntered}
        />
      )}
    </div>
  )
}
