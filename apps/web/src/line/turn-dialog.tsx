import type { Entry } from '@greenroom/contract'
import { useState } from 'react'
import { CountdownAnnouncer } from '../clock/countdown-announcer.tsx'
import { useServerNow } from '../clock/use-server-now.ts'
import { Button } from '../design/button.tsx'
import { LampBar } from '../design/lamp-bar.tsx'
import { Modal } from '../design/modal.tsx'
import { Notice } from '../design/notice.tsx'
import { m } from '../paraglide/messages.js'
import { formatCountdown } from '../text/durations.ts'
import { useAction } from './use-action.ts'

/** The door is open for a short while: the time left, the way in and the way out. It cannot be put aside by mistake. */
export function TurnDialog(props: {
  offer: Entry & { state: 'offered' }
  enter: (pass: string) => Promise<unknown>
  leave: () => Promise<unknown>
  /** The entry may be another now: read it. */
  onFailure: () => void
}) {
  const { offer, enter, leave, onFailure } = props
  const nowMs = useServerNow(250)
  const leftMs = offer.claimBeforeMs - nowMs
  const [windowMs] = useState(() => Math.max(1, offer.claimBeforeMs - offer.asOfMs))
  const entering = useAction(() => enter(offer.pass), onFailure)
  const leaving = useAction(leave, onFailure)
  const failure = entering.failure ?? leaving.failure
  return (
    <Modal title={m.turn_title()} description={m.turn_text()}>
      <p role="timer" className="mt-6 text-center text-7xl font-extrabold tracking-[-0.05em]">
        {formatCountdown(leftMs)}
      </p>
      <CountdownAnnouncer leftMs={leftMs} tell={m.turn_seconds_left} />
      <LampBar
        share={leftMs / windowMs}
        lamps={24}
        tone={leftMs < 10_000 ? 'bad' : 'lamp'}
        className="mt-5"
      />
      {failure !== undefined && (
        <Notice tone="bad" className="mt-5">
          {failure}
        </Notice>
      )}
      <Button size="lg" className="mt-6 w-full" busy={entering.isBusy} onClick={entering.run}>
        {m.enter_now()}
      </Button>
      <Button tone="quiet" className="mt-2 w-full" busy={leaving.isBusy} onClick={leaving.run}>
        {m.leave_line()}
      </Button>
    </Modal>
  )
}
