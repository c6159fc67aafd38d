import type { ConcertPage, ConcertSummary, SeatId, ShowId, ShowSummary } from '@greenroom/contract'
import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { api } from '../../data/api.ts'
import { refusalOf } from '../../data/wire-error.ts'
import { fieldLook } from '../../design/field-look.ts'
import { Notice } from '../../design/notice.tsx'
import { Panel } from '../../design/panel.tsx'
import { Skeleton } from '../../design/skeleton.tsx'
import { LiveBadge } from '../../line/live-badge.tsx'
import { m } from '../../paraglide/messages.js'
import { SeatList, SeatMap } from '../../seat-map/index.ts'
import { seatMapLabels } from '../../seats/seat-map-labels.ts'
import { useGeometry } from '../../seats/use-geometry.ts'
import { useSeats } from '../../seats/use-seats.ts'
import { ViewSwitch } from '../../seats/view-switch.tsx'
import { formatInstant } from '../../text/instants.ts'
import { useLocale } from '../../text/locale.ts'
import { tellRefusal } from '../../text/refusals.ts'

/** The seats of one date as its fans see them, live, to look at: nothing can be picked or held here. */
export function LiveSeats({ concert: { concertId } }: { concert: ConcertSummary }) {
  const page = useQuery(api.catalogue.concert.queryOptions({ concertId }))
  const [chosen, setChosen] = useState<ShowId>()
  const locale = useLocale()
  const shows = page.data?.shows ?? []
  const show = shows.find(({ showId }) => showId === chosen) ?? shows[0]
  return (
    <Panel className="p-6">
      <h2 className="text-lg">{m.live_map()}</h2>
      {page.isError && (
        <Notice tone="bad" className="mt-4">
          {tellRefusal(refusalOf(page.error))}
        </Notice>
      )}
      {page.data === undefined && !page.isError && <Skeleton className="mt-4 h-120 rounded-panel" />}
      {page.data !== undefined && show === undefined && <p className="mt-3 text-soft">{m.live_no_dates()}</p>}
      {page.data !== undefined && show !== undefined && (
        <>
          <label className="mt-4 block max-w-md">
            <span className="mb-1.5 block text-sm font-semibold">{m.dates()}</span>
            <select
              className={fieldLook}
              value={show.showId}
              onChange={(event) =>
                setChosen(shows.find(({ showId }) => String(showId) === event.currentTarget.value)?.showId)
              }
            >
              {shows.map(({ showId, startsAtMs, isCancelled }) => (
                <option key={showId} value={showId}>
                  {formatInstant(startsAtMs, { locale, timeZone: page.data.timeZone })}
                  {isCancelled && ` · ${m.show_cancelled_chip()}`}
                </option>
              ))}
            </select>
          </label>
          <ShowSeats key={show.showId} concert={page.data} show={show} />
        </>
      )}
    </Panel>
  )
}

const noSeats: ReadonlySet<SeatId> = new Set()
const nothing = (): void => undefined
const pickNone = (): readonly SeatId[] => []

function ShowSeats({ concert, show }: { concert: ConcertPage; show: ShowSummary }) {
  const locale = useLocale()
  const labels = useMemo(() => seatMapLabels(locale, concert.currency), [locale, concert.currency])
  const geometry = useGeometry(show.geometryUrl)
  const { feed, live, refusal } = useSeats(show.showId, null)
  const [isListed, setListed] = useState(false)
  const failure = refusal ?? (geometry.isError ? refusalOf(geometry.error) : undefined)
  if (failure !== undefined)
    return (
      <Notice tone="bad" className="mt-4">
        {tellRefusal(failure)}
      </Notice>
    )
  if (geometry.data === undefined) return <Skeleton className="mt-4 h-120 rounded-panel" />
  const shared = {
    geometry: geometry.data,
    feed,
    firstSeatId: show.firstSeatId,
    categories: concert.categories,
    selection: noSeats,
    mine: noSeats,
    offered: noSeats,
    categoryFilter: null,
    onToggle: nothing,
    onChooseCrowd: nothing,
    labels,
  }
  return (
    <>
      <div className="mt-4 flex items-center justify-between gap-4">
        <LiveBadge live={live} />
        <ViewSwitch isListed={isListed} onChange={setListed} />
      </div>
      {isListed ? (
        <SeatList {...shared} className="mt-3 h-120 overflow-y-auto" />
      ) : (
        <SeatMap
          {...shared}
          className="mt-3 h-120 rounded-panel border border-rule/60"
          shaking={noSeats}
          pickFrom={pickNone}
        />
      )}
    </>
  )
}
