import type { SeatKind } from '@greenroom/contract'
import { seatShape } from '../seat-map/index.ts'

/** A seat as the map draws it, small, beside a word. */
export function SeatSign({ kind, color }: { kind: SeatKind | undefined; color: string }) {
  return (
    <svg viewBox="-1.15 -1.15 2.3 2.3" aria-hidden="true" className="size-3 shrink-0">
      <path d={seatShape(kind)} fill={color} />
    </svg>
  )
}
