import type { Reservation } from '@greenroom/contract'
import { CountdownAnnouncer } from '../clock/countdown-announcer.tsx'
import { useServerNow } from '../clock/use-server-now.ts'
import { LampBar } from '../design/lamp-bar.tsx'
import { m } from '../paraglide/messages.js'
import { formatCountdown } from '../text/durations.ts'

/** Lamps that go out one by one while a hold runs down, by the server's clock. */
export function HoldCountdown({
  hold,
  className,
}: {
  hold: Pick<Reservation, 'heldAtMs' | 'heldUntilMs'>
  className?: string
}) {
  const leftMs = hold.heldUntilMs - useServerNow()
  const isLast = leftMs < 60_000
  return (
    <div className={className}>
      <div className="flex items-baseline justify-between gap-3">
        <span className="text-sm text-soft">{leftMs > 0 ? m.held_for_you() : m.hold_over()}</span>
        <span
          role="timer"
          className={`text-2xl font-extrabold tracking-[-0.03em] ${isLast ? 'text-bad' : 'text-ink'}`}
        >
          {formatCountdown(leftMs)}
        </span>
      </div>
      <CountdownAnnouncer leftMs={leftMs} tell={m.hold_seconds_left} />
      <LampBar
        share={leftMs / Math.max(1, hold.heldUntilMs - hold.heldAtMs)}
        lamps={24}
        tone={isLast ? 'bad' : 'lamp'}
        className="mt-2"
      />
    </div>
  )
}
