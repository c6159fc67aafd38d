import type { ConcertId } from '@greenroom/contract'
import { useEffect, useState } from 'react'
import { buttonLook } from '../design/button.tsx'
import { EmptyState } from '../design/empty-state.tsx'
import { Notice } from '../design/notice.tsx'
import { useTitle } from '../design/use-title.ts'
import { m } from '../paraglide/messages.js'
import { told } from '../text/locale.ts'
import { tellCount } from '../text/money.ts'
import { tellLineRefusal } from '../text/line-refusals.ts'
import { AlertChoices } from './alert-choices.tsx'
import { DrawProof } from './draw-proof.tsx'
import { useFaviconDot } from './favicon-dot.ts'
import { goSignIn } from './line-address.ts'
import { LineChip } from './line-chip.tsx'
import { lineClient } from './line-client.ts'
import { LineFacts } from './line-facts.tsx'
import { LineNotFound } from './line-not-found.tsx'
import { LineStage } from './line-stage.tsx'
import { LiveBadge } from './live-badge.tsx'
import { leaveLine } from './missed-turn.ts'
import { PlaceAnnouncer } from './place-announcer.tsx'
import { usePrefetchedSeats } from './prefetch-seats.ts'
import { StockHints } from './stock-hints.tsx'
import { readAlerts } from './turn-alerts.ts'
import { TurnDialog } from './turn-dialog.tsx'
import { useConcert } from './use-concert.ts'
import { useLine } from './use-line.ts'
import { useTurnCall } from './use-turn-call.ts'

/** The waiting room: one's place, how it moves, how old the numbers are, and the door when it opens. */
export function LinePage({ concertId }: { concertId: ConcertId }) {
  const line = useLine(lineClient.watchLine, concertId)
  const concert = useConcert(concertId, line.entry?.state === 'active')
  const [alerts, setAlerts] = useState(readAlerts)
  const { entry, progress, refusal } = line
  const isTurn = entry?.state === 'offered'
  const isSignedOut = refusal?.code === 'SIGN_IN_REQUIRED'
  useFaviconDot(isTurn)
  useTurnCall(isTurn, alerts)
  usePrefetchedSeats(line)
  useTitle(windowTitle(isTurn, progress?.phase === 'closed' ? null : line.ahead))
  useEffect(() => {
    if (isSignedOut) goSignIn()
  }, [isSignedOut])
  if (refusal?.code === 'NOT_FOUND') return <LineNotFound />
  if (refusal !== undefined && !isSignedOut) {
    return (
      <EmptyState
        title={m.error_title()}
        action={
          <a href={`/concerts/${concertId}`} className={buttonLook()}>
            {m.to_concert()}
          </a>
        }
      >
        {tellLineRefusal(refusal)}
      </EmptyState>
    )
  }
  return (
    <div className="page max-w-5xl py-6 sm:py-10">
      <div className="flex min-h-12 flex-wrap items-center justify-between gap-x-3 gap-y-2">
        <LineChip line={line} />
        <a
          href={`/concerts/${concertId}`}
          className="order-last basis-full truncate font-semibold hover:text-lamp-text sm:order-none sm:min-w-0 sm:flex-1 sm:basis-0"
        >
          {concert ? told(concert.title) : <span className="skeleton">{m.to_concert()}</span>}
        </a>
        <LiveBadge live={line.live} asOfMs={progress?.asOfMs} />
      </div>
      <div aria-live="polite">
        {progress?.message && (
          <Notice tone="lamp" className="mt-4">
            {told(progress.message)}
          </Notice>
        )}
      </div>
      <LineStage line={line} concertId={concertId} concert={concert} />
      <PlaceAnnouncer ahead={line.ahead} isTurn={isTurn} phase={progress?.phase} />
      <div className="mt-8 grid items-start gap-x-12 gap-y-10 md:grid-cols-2">
        <div className="grid gap-y-10">
          <LineFacts line={line} />
          {entry?.state === 'waiting' && <AlertChoices alerts={alerts} onChange={setAlerts} />}
        </div>
        <StockHints progress={progress} concert={concert} />
      </div>
      <DrawProof status={line.status} />
      {isTurn && (
        <TurnDialog
          offer={entry}
          enter={(pass) => lineClient.line.enter(concertId, pass)}
          leave={() => leaveLine(lineClient.line, concertId)}
          onFailure={line.refresh}
        />
      )}
    </div>
  )
}

function windowTitle(isTurn: boolean, ahead: number | null): string {
  if (isTurn) return `● ${m.turn_title()}`
  return ahead === null
    ? m.title_line()
    : `${m.place_number({ place: tellCount(ahead + 1) })} ${m.title_line()}`
}
