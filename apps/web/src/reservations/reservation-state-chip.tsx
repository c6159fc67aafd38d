import type { ReservationState } from '@greenroom/contract'
import { classNames } from '../design/class-names.ts'
import { m } from '../paraglide/messages.js'

const looks: Record<ReservationState, string> = {
  HELD: 'border-lamp/60 bg-lamp/12 text-lamp-text',
  PAID: 'border-good/60 text-good',
  EXPIRED: 'border-rule text-faint',
  RELEASED: 'border-rule text-faint',
  REFUNDED: 'border-rule text-soft',
}
const names: Record<ReservationState, () => string> = {
  HELD: m.state_held,
  PAID: m.state_paid,
  EXPIRED: m.state_expired,
  RELEASED: m.state_released,
  REFUNDED: m.state_refunded,
}

export function ReservationStateChip({ state }: { state: ReservationState }) {
  return (
    <span
      className={classNames(
        'inline-flex min-h-7 shrink-0 items-center rounded-full border px-3 text-sm font-semibold',
        looks[state],
      )}
    >
      {names[state]()}
    </span>
  )
}
