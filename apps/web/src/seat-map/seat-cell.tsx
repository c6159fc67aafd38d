import type { SeatGeometry, SeatKind } from '@greenroom/contract'
import { seatNameAt } from '@greenroom/contract/plain'
import { Check, X } from 'lucide-react'
import { type CSSProperties, memo } from 'react'
import { inkOn } from './ink-on.ts'
import { canToggle, type SeatLook } from './seat-look.ts'
import type { SeatMapLabels } from './seat-map-labels.ts'
import { seatPlanOf } from './seat-plan.ts'

type SeatCellProps = {
  ordinal: number
  geometry: SeatGeometry
  labels: SeatMapLabels
  category: number
  priceMinor: number | undefined
  look: SeatLook
  /** free, but not of the categories that were chosen */
  isMuted: boolean
  /** free, and offered in place of a lost one */
  isOffered: boolean
  isTabStop: boolean
  toggle: (ordinal: number) => void
  focus: (ordinal: number) => void
  visit: (ordinal: number) => void
}

/** One seat of the list, in the map's shapes. A seat that cannot be had keeps its place and says why when reached. */
export const SeatCell = memo(function SeatCell(props: SeatCellProps) {
  const { ordinal, geometry, labels, category, priceMinor, look } = props
  const name = seatNameAt(geometry, ordinal)
  if (name === undefined) return null
  const { color = '#888888' } = geometry.categories[category] ?? {}
  const price = priceMinor === undefined ? undefined : labels.price(priceMinor)
  const { kindOf, viewFrom } = seatPlanOf(geometry)
  const kind = kindOf(ordinal)
  const spoken = [
    labels.seat(name),
    labels.category(geometry, category),
    price,
    labels.view(viewFrom(ordinal)),
    props.isMuted ? labels.muted : props.isOffered ? labels.offered : labels.looks[look],
  ]
    .filter(Boolean)
    .join(', ')
  return (
    // oxlint-disable-next-line jsx-a11y/control-has-associated-label -- its words are the button's
    <td
      // oxlint-disable-next-line jsx-a11y/no-redundant-roles -- a flex box is no cell to some browsers
      role="gridcell"
      aria-selected={look === 'selected'}
    >
      <button
        type="button"
        data-ordinal={ordinal}
        tabIndex={props.isTabStop ? 0 : -1}
        title={spoken}
        aria-disabled={props.isMuted || !canToggle(look)}
        onClick={() => props.toggle(ordinal)}
        onFocus={() => {
          props.visit(ordinal)
          props.focus(ordinal)
        }}
        className={`${shape} ${corners[kind ?? 'usual']} ${shapes[look]} ${props.isMuted ? 'opacity-35' : ''} ${props.isOffered ? offer : ''}`}
        style={styles[look](color)}
      >
        <span className="sr-only">{spoken}</span>
        <span aria-hidden="true">
          {look === 'sold' ? (
            <X size={14} strokeWidth={2.5} />
          ) : look === 'selected' ? (
            <Check size={17} strokeWidth={3} />
          ) : (
            name.number
          )}
        </span>
      </button>
    </td>
  )
})

const shape =
  'grid size-9 place-items-center text-[0.8125rem] font-semibold transition-shadow focus-visible:outline-offset-2'

/** The map's ring around it. */
const offer = 'outline-2 outline-offset-2 outline-dashed outline-lamp'

/** As on the map, as far as a button can. */
const corners: Record<SeatKind | 'usual', string> = {
  usual: 'rounded-full',
  accessible: 'rounded-lg',
  companion: 'rounded-full rounded-tl-none rounded-br-none',
  restricted: 'rounded-full rounded-t-none',
  standing: 'rounded-full',
}

const shapes: Record<SeatLook, string> = {
  available: 'hover:shadow-[0_0_0_2px_var(--ink)]',
  selected: 'shadow-[0_0_0_2px_var(--surface),0_0_0_4px_var(--ink)]',
  mine: 'bg-lamp text-lamp-ink shadow-[inset_0_0_0_3px_var(--lamp),inset_0_0_0_5px_var(--lamp-ink)]',
  held: 'border-[1.5px] border-faint text-faint',
  sold: 'text-faint',
  blocked: 'text-faint opacity-55',
}

const styles: Record<SeatLook, (color: string) => CSSProperties> = {
  available: (color) => ({ background: color, color: inkOn(color) }),
  selected: (color) => ({ background: color, color: inkOn(color) }),
  mine: () => ({}),
  held: () => ({
    background:
      'repeating-linear-gradient(135deg, transparent 0 4px, color-mix(in oklch, var(--faint) 40%, transparent) 4px 5.5px)',
  }),
  sold: () => ({}),
  blocked: () => ({}),
}
