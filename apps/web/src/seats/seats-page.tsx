import type { ConcertPage, SeatGeometry, SeatId, ShowSummary } from '@greenroom/contract'
import { seatNameAt, seatStatusCode, singleSeatsBeside } from '@greenroom/contract/plain'
import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useMemo, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { toast } from 'sonner'
import { api } from '../data/api.ts'
import { NotFoundPage } from '../app/not-found-page.tsx'
import { SaleStopped } from '../concerts/sale-stopped.tsx'
import { useTitle } from '../design/use-title.ts'
import { m } from '../paraglide/messages.js'
import { type SeatFeed, type SeatPlan, seatPlanOf } from '../seat-map/index.ts'
import { told } from '../text/locale.ts'
import { BasketPanel } from './basket-panel.tsx'
import { CategoryFilter } from './category-filter.tsx'
import { NeedsPass } from './needs-pass.tsx'
import { PartySize } from './party-size.tsx'
import { SeatView } from './seat-view.tsx'
import { SectionSelect } from './section-select.tsx'
import { ShowBar } from './show-bar.tsx'
import { useBasket } from './use-basket.ts'
import { useEqualSeats } from './use-equal-seats.ts'
import { useGeometry } from './use-geometry.ts'
import { usePass } from './use-pass.ts'
import { useSeats } from './use-seats.ts'
import type { Where } from './where.ts'

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
  const { pass, expiresAtMs, wasInside, missedAtMs, line } = usePass(concert.concertId)
  const geometry = useGeometry(show.geometryUrl)
  const plan = geometry.data && seatPlanOf(geometry.data)
  const { feed, live, refusal } = useSeats(show.showId, pass)
  const [reveal, setReveal] = useState<readonly SeatId[] | null>(null)
  const [party, setParty] = useState<number | null>(null)
  const [where, setWhere] = useState<Where>({})
  const [categoryFilter, setCategoryFilter] = useState<ReadonlySet<number> | null>(null)
  const [isOpen, setOpen] = useState(false)
  const bestRef = useRef<HTMLButtonElement>(null)
  const basket = useBasket({
    concert,
    show,
    plan,
    pass,
    feed,
    party,
    categoryFilter,
    onPassRefused: line.refresh,
    onFound: (seatIds) => {
      setOpen(false)
      setReveal(seatIds)
      toast.success(m.best_found({ count: seatIds.length }), tellAlone(plan, feed, seatIds))
    },
  })
  const equal = useEqualSeats(plan, feed, basket)
  const offered = useMemo(() => new Set(equal), [equal])
  const [isListed, setListed] = useState(false)
  // until the line has answered nobody is sent away: this device may not have the pass of a fan who is inside
  const isKnown = line.entry !== undefined || line.refusal !== undefined
  const isOutside = refusal !== undefined || (pass === undefined && isKnown)
  const chooseCrowd = (section: number): void => {
    // what follows is in the panel, which a phone keeps closed
    flushSync(() => {
      setWhere({ section: plan?.geometry.sections[section]?.name ?? '' })
      setOpen(true)
    })
    bestRef.current?.focus()
  }
  return (
    <div className="flex min-h-0 flex-1 flex-col lg:grid lg:grid-cols-[minmax(0,1fr)_25rem]">
      <div className="flex min-h-0 min-w-0 flex-1 flex-col">
        <ShowBar
          concert={concert}
          show={show}
          live={isOutside ? null : live}
          expiresAtMs={expiresAtMs}
          isListed={isListed}
          onListed={setListed}
        />
        <div className="flex gap-2 overflow-x-auto border-b border-rule/50 px-4 py-2.5 lg:flex-wrap lg:gap-1.5 lg:px-6">
          <PartySize most={concert.seatsPerFan} party={party} onParty={setParty} />
          <SectionSelect
            geometry={geometry.data}
            onChoose={(ordinals) => setReveal(ordinals.map(basket.idOf))}
          />
          <CategoryFilter
            {...{ concert, show, plan, feed }}
            filter={categoryFilter}
            onFilter={setCategoryFilter}
          />
        </div>
        <SaleStopped concertId={concert.concertId} showId={show.showId} className="m-3" />
        {isOutside ? (
          <NeedsPass
            concertId={concert.concertId}
            entry={line.entry}
            refusal={line.refusal ?? refusal}
            wasInside={wasInside}
            missedAtMs={missedAtMs}
            onFailure={line.refresh}
          />
        ) : (
          <SeatView
            {...{ concert, show, geometry, feed, basket, categoryFilter, isListed, reveal }}
            offered={offered}
            onChooseCrowd={chooseCrowd}
          />
        )}
      </div>
      <BasketPanel
        {...{ concert, plan, basket, equal, party, where, bestRef, isOpen }}
        firstSeatId={show.firstSeatId}
        onWhere={setWhere}
        onOpen={setOpen}
        canHold={pass !== undefined && !isOutside}
        nameOf={(id) => seatName(geometry.data, id - show.firstSeatId)}
      />
    </div>
  )
}

/** Best seats leave nobody alone unless every place does: then that is said. */
function tellAlone(plan: SeatPlan | undefined, feed: SeatFeed, seatIds: readonly SeatId[]) {
  const seats = feed.state()
  const [first] = seatIds
  if (plan === undefined || seats === undefined || first === undefined) return {}
  const start = first - seats.firstSeatId
  if (plan.kindOf(start) === 'standing') return {}
  const isFree = (ordinal: number): boolean => seats.codes[ordinal] === seatStatusCode.available
  const alone = singleSeatsBeside(plan.runs, { start, end: start + seatIds.length }, isFree)
  return alone.length === 0 ? {} : { description: m.best_alone() }
}

function seatName(geometry: SeatGeometry | undefined, ordinal: number) {
  const name = geometry && seatNameAt(geometry, ordinal)
  return { section: '', row: '', number: '…', ...name, categoryCode: geometry?.categoryCode[ordinal] ?? -1 }
}
