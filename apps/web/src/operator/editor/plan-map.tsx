import { type EditorPlan, type SeatGeometry, seatId, type SeatId, showId } from '@greenroom/contract'
import { useMemo } from 'react'
import { createSeatFeed, SeatMap } from '../../seat-map/index.ts'
import { seatMapLabels } from '../../seats/seat-map-labels.ts'
import { useLocale } from '../../text/locale.ts'

const noSeats: ReadonlySet<SeatId> = new Set()
const nothing = (): void => undefined
const pickNone = (): readonly SeatId[] => []
/** Seats of a plan have no ids yet: they are counted from 1. */
const firstSeatId = seatId.parse(1)

/** A plan as fans would see it, every seat free. */
export function PlanMap(props: { geometry: SeatGeometry; categories: EditorPlan['categories'] }) {
  const { geometry } = props
  const { seatCount } = geometry
  const locale = useLocale()
  const labels = useMemo(() => seatMapLabels(locale, 'KRW'), [locale])
  const feed = useMemo(() => freeSeats(seatCount), [seatCount])
  const categories = useMemo(
    () => props.categories.map(({ code, name, color }) => ({ code, name, color, priceMinor: 0 })),
    [props.categories],
  )
  return (
    <SeatMap
      geometry={geometry}
      feed={feed}
      firstSeatId={firstSeatId}
      categories={categories}
      selection={noSeats}
      mine={noSeats}
      offered={noSeats}
      shaking={noSeats}
      categoryFilter={null}
      pickFrom={pickNone}
      onToggle={nothing}
      onChooseCrowd={nothing}
      labels={labels}
      className="h-full rounded-panel border border-rule/60"
    />
  )
}

function freeSeats(seatCount: number): ReturnType<typeof createSeatFeed> {
  const feed = createSeatFeed()
  feed.showSnapshot({
    showId: showId.parse(1),
    firstSeatId,
    seatCount,
    seq: 0,
    codes: new Uint8Array(seatCount),
    versions: new Uint32Array(seatCount),
  })
  return feed
}
