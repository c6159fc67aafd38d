import type { SeatGeometry } from '@greenroom/contract'
import { type KeyboardEvent, useRef, useState } from 'react'
import { moveInGrid } from './move-in-grid.ts'
import type { SeatBoard } from './seat-board.ts'
import { SeatCell } from './seat-cell.tsx'
import { canToggle, lookOf } from './seat-look.ts'
import type { SeatMapLabels } from './seat-map-labels.ts'

/** One section's rows and seats as a grid with one tab stop: arrows, Home, End and page keys move within. */
export function SectionGrid(props: {
  section: number
  geometry: SeatGeometry
  labels: SeatMapLabels
  prices: ReadonlyMap<number, number>
  board: SeatBoard
  selection: ReadonlySet<number>
  mine: ReadonlySet<number>
  offered: ReadonlySet<number>
  categoryFilter: ReadonlySet<number> | null
  toggle: (ordinal: number) => void
  focus: (ordinal: number | undefined) => void
}) {
  const { geometry, labels, prices, board, toggle, focus } = props
  const gridRef = useRef<HTMLTableElement>(null)
  const [visited, setVisited] = useState<number>()
  const section = geometry.sections[props.section]
  if (section === undefined) return null
  const look = (ordinal: number) => lookOf(board.codes[ordinal] ?? 3, ordinal, props)
  const tabStop = visited ?? findTabStop(section, (ordinal) => canToggle(look(ordinal)))

  const onKeyDown = (event: KeyboardEvent<HTMLTableElement>): void => {
    const next = moveInGrid(geometry, tabStop, event)
    if (next === undefined || event.altKey || event.metaKey) return
    event.preventDefault()
    gridRef.current?.querySelector<HTMLElement>(`[data-ordinal="${next}"]`)?.focus()
  }
  return (
    <table
      ref={gridRef}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role -- WAI-ARIA's grid pattern on a table
      role="grid"
      aria-label={section.name}
      aria-multiselectable="true"
      onKeyDown={onKeyDown}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) focus(undefined)
      }}
      className="block px-2 pt-1 pb-4"
    >
      <tbody className="flex flex-col gap-1.5">
        {geometry.rows.slice(section.firstRow, section.firstRow + section.rowCount).map((row) => (
          // a row wraps on a narrow screen, which rows of a table do not
          <tr key={row.firstOrdinal} className="relative flex min-h-9 flex-wrap gap-1 pl-14">
            <th
              scope="row"
              className="absolute left-0 grid h-9 content-center text-sm font-normal text-faint"
            >
              {row.label === '' ? '' : labels.row(row.label)}
            </th>
            {Array.from({ length: row.seatCount }, (_, index) => {
              const ordinal = row.firstOrdinal + index
              const category = geometry.categoryCode[ordinal] ?? 0
              const isFree = look(ordinal) === 'available'
              return (
                <SeatCell
                  key={ordinal}
                  {...{ ordinal, geometry, labels, category, toggle, focus }}
                  look={look(ordinal)}
                  priceMinor={prices.get(category)}
                  isMuted={isFree && props.categoryFilter?.has(category) === false}
                  isOffered={isFree && props.offered.has(ordinal)}
                  isTabStop={ordinal === tabStop}
                  visit={setVisited}
                />
              )
            })}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** Tab lands on the first seat that can be had. */
function findTabStop(
  { firstOrdinal, seatCount }: { firstOrdinal: number; seatCount: number },
  canHave: (ordinal: number) => boolean,
): number {
  for (let ordinal = firstOrdinal; ordinal < firstOrdinal + seatCount; ordinal++) {
    if (canHave(ordinal)) return ordinal
  }
  return firstOrdinal
}
