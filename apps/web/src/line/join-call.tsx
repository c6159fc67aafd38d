import type { LinePhase, LineStatus } from '@greenroom/contract'
import { useEffect } from 'react'
import { ChallengeView } from '../challenge/challenge-view.tsx'
import { joinHint } from '../concerts/join-hint.ts'
import { isJoinable, phaseName } from '../concerts/phase-chip.tsx'
import { Button } from '../design/button.tsx'
import { Notice } from '../design/notice.tsx'
import { m } from '../paraglide/messages.js'
import { tellOpening } from '../text/instants.ts'
import { currentLocale } from '../text/locale.ts'
import { hasJoinWish, withJoinWish } from './line-address.ts'
import { tellMissedTurn } from './tell-missed-turn.ts'
import { useAction } from './use-action.ts'

/** For a fan who is not in the line: the way in, or why there is none. Who asked for it before signing in is put in at once. */
export function JoinCall(props: {
  phase: LinePhase
  status: LineStatus | undefined
  timeZone: string | undefined
  /** until when the turn could have been taken that was not */
  missedAtMs: number | undefined
  join: () => Promise<unknown>
  onFailure: () => void
}) {
  const { phase, status, timeZone } = props
  const joining = useAction(() => withJoinWish(props.join), props.onFailure)
  useEffect(() => {
    if (isJoinable(phase) && hasJoinWish()) joining.run()
    // oxlint-disable-next-line react/exhaustive-deps -- the wish is gone once it is answered, whatever is drawn again
  }, [phase])
  if (!isJoinable(phase)) {
    return (
      <>
        <h1 className="text-[clamp(2rem,7vw,3.5rem)] font-extrabold">{phaseName(phase)}</h1>
        <p className="mt-4 max-w-[36ch] text-lg text-cream/85">
          {phase === 'draining' && m.line_over_hint()}
          {phase === 'closed' && m.line_closed()}
          {phase === 'before' &&
            status !== undefined &&
            timeZone !== undefined &&
            tellOpening(status, { locale: currentLocale(), timeZone })}
        </p>
      </>
    )
  }
  return (
    <>
      <h1 className="text-[clamp(2rem,7vw,3.5rem)] font-extrabold">
        {props.missedAtMs === undefined ? m.not_in_line() : m.turn_missed_title()}
      </h1>
      <p aria-live="polite" className="mt-4 max-w-[36ch] text-lg text-cream/85">
        {whatJoiningIs(phase, props.missedAtMs)}
      </p>
      <Button size="lg" className="mt-7 min-w-56" busy={joining.isBusy} onClick={joining.run}>
        {phase === 'lobby' ? m.join_lobby() : m.join_line()}
      </Button>
      <ChallengeView />
      {joining.failure !== undefined && (
        <Notice tone="bad" className="mt-5 text-left">
          {joining.failure}
        </Notice>
      )}
    </>
  )
}

function whatJoiningIs(phase: LinePhase, missedAtMs: number | undefined): string {
  if (missedAtMs !== undefined) return tellMissedTurn(missedAtMs)
  return joinHint(phase)
}
