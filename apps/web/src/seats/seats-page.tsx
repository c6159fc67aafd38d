import {
  type ConcertPage,
  type SeatGeometry,
  type SeatId,
  type ShowSummary,
  seatId,
  seatNameAt,
} from '@greenroom/contract'
import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../data/api.ts'
import { NotFoundPage } from '../app/not-found-page.tsx'
import { SaleStopped } from '../concerts/sale-stopped.tsx'
import { useTitle } from '../design/use-title.ts'
import { m } from '../paraglide/messages.js'
import { told } from '../text/locale.ts'
import { BasketPanel } from './basket-panel.tsx'
import { CategoryFilter } from './category-filter.tsx'
import { NeedsPass } from './needs-pass.tsx'
import { SeatView } from './seat-view.tsx'
import { SectionSelect } from './section-select.tsx'
import { ShowBar } from './show-bar.tsx'
import { useBasket } from './use-basket.ts'
import { useGeometry } from './use-geometry.ts'
import { usePass } from './use-pass.ts'
import { useSeats } from './use-seats.ts'

const route = getRouteApi('/concerts/$concertId/shows/$showId')

/** One date's seats, live: pick on the map or let the best be found, hold, pay. */
export function SeatsPage() {
  const { concertId, showId } = route.useParams()
  const { data: concert } = useSuspenseQuery(api.catalogue.concert.queryOptions({ concertId }))
  useTitle(`${m.title_seats()} · ${told(concert.title)}`)
  const show = concert.shows.find((each) => each.showId === showId)
  if (show === undefined) return <NotFoundPage />
  return <ShowSeats key={showId} concert={concert} show={show} />
}

function ShowSeats({ concert, show }: { concert: ConcertPage; show: ShowSummary }) {
  const { pass, expiresAtMs, line } = usePass(concert.concertId)
  const geometry = useGeometry(show.geometryUrl)
  const { feed, live, refusal } = useSeats(show.showId, pass)
  const [reveal, setReveal] = useState<readonly SeatId[] | null>(null)
  const basket = useBasket({ concert, show, pass, feed, onPassRefused: line.refresh, onFound: setReveal })
  const [categoryFilter, setCategoryFilter] = useState<ReadonlySet<number> | null>(null)
  const [isListed, setListed] = useState(false)
  const isOutside = pass === undefined || refusal !== undefined
  return (
    <div className="flex min-h-0 flex-1 flex-col lg:grid lg:grid-cols-[minmax(0,1fr)_25rem]">
      <div className="flex min-h-0 min-w-0 flex-1 flex-col">
        <ShowBar
          concert={concert}
          show={show}
          live={live}
          expiresAtMs={expiresAtMs}
          isListed={isListed}
          onListed={setListed}
        />
        <SaleStopped concertId={concert.concertId} showId={show.showId} className="m-3" />
        <div className="flex gap-2 overflow-x-auto border-b border-rule/50 px-4 py-2.5 lg:flex-wrap lg:px-6">
          <SectionSelect
            geometry={geometry.data}
            onChoose={(ordinals) =>
              setReveal(ordinals.map((ordinal) => seatId.parse(show.firstSeatId + ordinal)))
            }
          />
          <CategoryFilter
            concert={concert}
            show={show}
            feed={feed}
            geometry={geometry.data}
            filter={categoryFilter}
            onFilter={setCategoryFilter}
          />
        </div>
        {isOutside ? (
          <NeedsPass
            concertId={concert.concertId}
            entry={line.entry}
            refusal={line.refusal ?? refusal}
            onEntered={line.refresh}
          />
        ) : (
          <SeatView
            concert={concert}
            show={show}
            geometry={geometry}
            feed={feed}
            basket={basket}
            categoryFilter={categoryFilter}
            isListed={isListed}
            reveal={reveal}
          />
        )}
      </div>
      <BasketPanel
        concert={concert}
        show={show}
        basket={basket}
        canHold={!isOutside}
        nameOf={(id) => seatName(geometry.data, id - show.firstSeatId)}
      />
    </div>
  )
}

function seatName(geometry: SeatGeometry | undefined, ordinal: number) {
  const name = geometry && seatNameAt(geometry, ordinal)
  return { section: '', row: '', number: '…', ...name, categoryCode: geometry?.categoryCode[ordinal] ?? -1 }
}
