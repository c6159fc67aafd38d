import type { Category, SeatGeometry, SeatId } from '@greenroom/contract'
import { seatAt } from '@greenroom/contract/plain'
import { ChevronDown } from 'lucide-react'
import { useCallback, useEffect, useId, useMemo, useRef, useState } from 'react'
import { SectionCrowd } from './section-crowd.tsx'
import { SectionGrid } from './section-grid.tsx'
import { sectionOf } from './section-stock.ts'
import type { SeatFeed } from './seat-feed.ts'
import { ordinalsOf } from './seat-look.ts'
import type { SeatMapLabels } from './seat-map-labels.ts'
import { seatPlanOf } from './seat-plan.ts'
import { useLiveBoard } from './use-seat-board.ts'

type SeatListProps = {
  geometry: SeatGeometry
  feed: SeatFeed
  firstSeatId: SeatId
  categories: readonly Category[]
  selection: ReadonlySet<SeatId>
  mine: ReadonlySet<SeatId>
  /** In place of lost ones. */
  offered: ReadonlySet<SeatId>
  /** Only seats of these category codes can be had; `null`: all. */
  categoryFilter: ReadonlySet<number> | null
  onChooseCrowd: (section: number) => void
  /** A seat was pressed, also one that cannot be had: the page says why. */
  onToggle: (seatId: SeatId) => void
  /** Where the keyboard is, for the map to follow; `null` when it has left. */
  onFocusSeat?: (seatId: SeatId | null) => void
  labels: SeatMapLabels
  className?: string
}

/**
 * The map's twin for keyboards and screen readers: every section, row and seat as real elements, with the same
 * selection. One section is open at a time, so a stadium costs no more than its largest section.
 */
export function SeatList(props: SeatListProps) {
  const { geometry, feed, firstSeatId, categories, labels } = props
  const board = useLiveBoard(geometry, feed)
  const baseId = useId()
  const { isStanding } = seatPlanOf(geometry)
  const prices = useMemo(
    () => new Map(categories.map((category) => [category.code, category.priceMinor])),
    [categories],
  )
  const selection = useMemo(() => ordinalsOf(props.selection, firstSeatId), [props.selection, firstSeatId])
  const mine = useMemo(() => ordinalsOf(props.mine, firstSeatId), [props.mine, firstSeatId])
  const offered = useMemo(() => ordinalsOf(props.offered, firstSeatId), [props.offered, firstSeatId])
  const [opened, setOpened] = useState<{ geometry: SeatGeometry; section: number | null }>(() => ({
    geometry,
    section: findFirst(geometry, [...selection, ...mine]),
  }))
  const open = opened.geometry === geometry ? opened.section : findFirst(geometry, [])
  // cells are many and remember what they were given: these two stay the same, whatever the page hands in
  const handlers = useRef(props)
  useEffect(() => {
    handlers.current = props
  })
  const toggle = useCallback(
    (ordinal: number) => handlers.current.onToggle(seatAt(firstSeatId, ordinal)),
    [firstSeatId],
  )
  const focus = useCallback(
    (ordinal: number | undefined) =>
      handlers.current.onFocusSeat?.(ordinal === undefined ? null : seatAt(firstSeatId, ordinal)),
    [firstSeatId],
  )

  return (
    <section aria-label={labels.list} className={props.className}>
      {geometry.sections.map(({ name, firstOrdinal }, section) => {
        const isOpen = section === open
        const left = board.stock.countSection(section)
        return (
          <div key={firstOrdinal} className="border-b border-rule/70">
            <h2 className="text-base tracking-normal">
              <button
                type="button"
                aria-expanded={isOpen}
                aria-controls={`${baseId}-${section}`}
                onClick={() => setOpened({ geometry, section: isOpen ? null : section })}
                className="flex min-h-12 w-full items-center gap-3 px-2 text-left hover:bg-raised"
              >
                <ChevronDown
                  aria-hidden="true"
                  size={18}
                  className={`shrink-0 text-faint transition-transform ${isOpen ? '' : '-rotate-90'}`}
                />
                <span className="grow font-semibold text-ink">{name}</span>
                {board.isKnown() && (
                  <span className={`text-sm font-normal ${left === 0 ? 'text-faint' : 'text-soft'}`}>
                    {left === 0 ? labels.soldOut : labels.left(left)}
                  </span>
                )}
              </button>
            </h2>
            <div id={`${baseId}-${section}`} hidden={!isOpen}>
              {isOpen && isStanding(section) && (
                <SectionCrowd
                  {...{ section, geometry, labels, prices, board }}
                  onChoose={() => props.onChooseCrowd(section)}
                />
              )}
              {isOpen && !isStanding(section) && (
                <SectionGrid
                  section={section}
                  {...{ geometry, labels, prices, board, selection, mine, offered, toggle, focus }}
                  categoryFilter={props.categoryFilter}
                />
              )}
            </div>
          </div>
        )
      })}
    </section>
  )
}

/** What is open before the fan says: where their seats are, or the only section there is. */
function findFirst(geometry: SeatGeometry, [picked]: readonly number[]): number | null {
  if (picked !== undefined) return sectionOf(geometry, picked)
  return geometry.sections.length === 1 ? 0 : null
}
