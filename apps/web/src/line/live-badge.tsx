import type { LiveState } from '@greenroom/client'
import { useServerNow } from '../clock/use-server-now.ts'
import { classNames } from '../design/class-names.ts'
import { m } from '../paraglide/messages.js'

const looks: Record<LiveState, string> = {
  live: 'bg-good',
  polling: 'bg-lamp',
  reconnecting: 'bg-bad animate-pulse',
}
const names: Record<LiveState, () => string> = {
  live: m.live_live,
  polling: m.live_polling,
  reconnecting: m.live_reconnecting,
}

/** How the numbers come in and how old they are. */
export function LiveBadge({ live, asOfMs }: { live: LiveState | undefined; asOfMs?: number | undefined }) {
  const nowMs = useServerNow()
  const ageSeconds = asOfMs === undefined ? undefined : Math.max(0, Math.round((nowMs - asOfMs) / 1000))
  return (
    <span className="inline-flex items-center gap-2 text-sm text-soft">
      <span
        aria-hidden="true"
        className={classNames('size-2 rounded-full', live === undefined ? 'bg-rule' : looks[live])}
      />
      <output>{live === undefined ? m.live_connecting() : names[live]()}</output>
      {ageSeconds !== undefined && (
        <span className="text-faint">
          {ageSeconds < 3 ? m.updated_now() : m.updated_ago({ count: ageSeconds })}
        </span>
      )}
    </span>
  )
}
