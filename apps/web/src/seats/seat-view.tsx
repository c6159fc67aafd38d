import type { ConcertPage, SeatGeometry, SeatId, ShowSummary } from '@greenroom/contract'
import type { UseQueryResult } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { refusalOf } from '../data/wire-error.ts'
import { Button } from '../design/button.tsx'
import { EmptyState } from '../design/empty-state.tsx'
import { m } from '../paraglide/messages.js'
import { type SeatFeed, SeatList, SeatMap } from '../seat-map/index.ts'
import { useLocale } from '../text/locale.ts'
import { tellRefusal } from '../text/refusals.ts'
import { seatMapLabels } from './seat-map-labels.ts'
import type { Basket } from './use-basket.ts'

/** The map in its place: the same space while it loads, when it fails, and when it is there. */
export function SeatView(props: {
  concert: ConcertPage
  show: ShowSummary
  geometry: UseQueryResult<SeatGeometry>
  feed: SeatFeed
  basket: Basket
  categoryFilter: ReadonlySet<number> | null
  isListed: boolean
  /** seats in place of lost ones */
  offered: ReadonlySet<SeatId>
  onChooseCrowd: (section: number) => void
  /** seats to bring into the picture */
  reveal: readonly SeatId[] | null
}) {
  const { concert, show, geometry, basket } = props
  const locale = useLocale()
  const labels = useMemo(() => seatMapLabels(locale, concert.currency), [locale, concert.currency])
  const [focusedSeatId, setFocusedSeatId] = useState<SeatId | null>(null)
  if (geometry.data === undefined) {
    if (!geometry.isError)
      return (
        <output
          aria-busy="true"
          aria-label={m.loading()}
          className="skeleton m-4 block min-h-0 flex-1 rounded-panel lg:m-6"
        />
      )
    return (
      <EmptyState
        isPart
        title={m.error_title()}
        action={<Button onClick={() => void geometry.refetch()}>{m.try_again()}</Button>}
      >
        {tellRefusal(refusalOf(geometry.error))}
      </EmptyState>
    )
  }
  const shared = {
    geometry: geometry.data,
    feed: props.feed,
    firstSeatId: show.firstSeatId,
    categories: concert.categories,
    selection: basket.picked.selection,
    mine: basket.mine,
    categoryFilter: props.categoryFilter,
    offered: props.offered,
    onToggle: basket.toggle,
    onChooseCrowd: props.onChooseCrowd,
    labels,
  }
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <SeatMap
        {...shared}
        className={props.isListed ? 'min-h-40 flex-[2]' : 'min-h-0 flex-1'}
        shaking={basket.picked.shaking}
        pickFrom={basket.pickFrom}
        focusedSeatId={focusedSeatId}
        reveal={props.reveal}
      />
      {props.isListed && (
        <SeatList
          {...shared}
          className="min-h-0 flex-[3] overflow-y-auto border-t border-rule/60 px-2 pb-4 lg:px-4"
          onFocusSeat={setFocusedSeatId}
        />
      )}
    </div>
  )
}
