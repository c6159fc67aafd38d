import type { ConcertId } from '@greenroom/contract'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { api } from '../data/api.ts'
import { buttonLook } from '../design/button.tsx'
import { EmptyState } from '../design/empty-state.tsx'
import { useTitle } from '../design/use-title.ts'
import { m } from '../paraglide/messages.js'
import { told } from '../text/locale.ts'
import { tellCount } from '../text/money.ts'
import { tellRefusal } from '../text/refusals.ts'
import { DrawProof } from './draw-proof.tsx'
import { useFaviconDot } from './favicon-dot.ts'
import { LineFacts } from './line-facts.tsx'
import { LineStage } from './line-stage.tsx'
import { LiveBadge } from './live-badge.tsx'
import { PlaceAnnouncer } from './place-announcer.tsx'
import { StockHints } from './stock-hints.tsx'
import { TurnDialog } from './turn-dialog.tsx'
import { useLine } from './use-line.ts'

const route = getRouteApi('/concerts/$concertId/line')

/** The waiting room: one's place, how it moves, how old the numbers are, and the door when it opens. */
export function LinePage() {
  const { concertId } = route.useParams()
  return <Line key={concertId} concertId={concertId} />
}

function Line({ concertId }: { concertId: ConcertId }) {
  const concert = useQuery(api.catalogue.concert.queryOptions({ concertId })).data
  const line = useLine(concertId)
  const isTurn = line.entry?.state === 'offered'
  useFaviconDot(isTurn)
  const isOver = line.progress?.phase === 'closed' || line.progress?.phase === 'draining'
  useTitle(windowTitle(isTurn, isOver ? null : line.ahead))
  if (line.refusal !== undefined) {
    return (
      <EmptyState
        title={m.error_title()}
        action={
          <Link to="/concerts/$concertId" params={{ concertId }} className={buttonLook()}>
            {m.to_concert()}
          </Link>
        }
      >
        {tellRefusal(line.refusal)}
      </EmptyState>
    )
  }
  return (
    <div className="page max-w-5xl py-6 sm:py-10">
      <div className="flex min-h-12 flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <Link
          to="/concerts/$concertId"
          params={{ concertId }}
          className="min-w-0 truncate font-semibold hover:text-lamp-text"
        >
          {concert ? told(concert.title) : ' '}
        </Link>
        <LiveBadge live={line.live} asOfMs={line.progress?.asOfMs} />
      </div>
      <LineStage line={line} concertId={concertId} concert={concert} />
      <PlaceAnnouncer ahead={line.ahead} isTurn={isTurn} />
      <div className="mt-8 grid items-start gap-x-12 gap-y-10 md:grid-cols-2">
        <LineFacts line={line} />
        <StockHints progress={line.progress} concert={concert} />
      </div>
      <DrawProof draw={line.status?.draw ?? null} />
      {line.entry?.state === 'offered' && (
        <TurnDialog concertId={concertId} offer={line.entry} onChange={line.refresh} />
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
