import type { SeatGeometry } from '@greenroom/contract'
import type { SeatBoard } from './seat-board.ts'
import type { SeatMapLabels } from './seat-map-labels.ts'

/** A section to stand in, in the list: its places are alike, so there is one button, not one for each. */
export function SectionCrowd(props: {
  section: number
  geometry: SeatGeometry
  labels: SeatMapLabels
  prices: ReadonlyMap<number, number>
  board: SeatBoard
  onChoose: () => void
}) {
  const { section, geometry, labels, prices, board } = props
  const left = board.stock.countSection(section)
  const code = geometry.categoryCode[geometry.sections[section]?.firstOrdinal ?? 0] ?? 0
  const priceMinor = prices.get(code)
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2 px-2 pt-1 pb-4">
      <p className="text-sm text-soft">
        {labels.category(geometry, code)}
        {priceMinor !== undefined && (
          <span className="ml-2 font-semibold text-ink">{labels.price(priceMinor)}</span>
        )}
      </p>
      <button
        type="button"
        disabled={left === 0}
        onClick={props.onChoose}
        className="min-h-10 rounded-control border border-rule px-4 text-sm font-semibold hover:bg-raised disabled:text-faint"
      >
        {left === 0 ? labels.soldOut : labels.choosePlaces}
      </button>
    </div>
  )
}
