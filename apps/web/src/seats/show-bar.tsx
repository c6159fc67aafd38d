import type { LiveState } from '@greenroom/client'
import type { ConcertPage, ShowSummary } from '@greenroom/contract'
import { Link } from '@tanstack/react-router'
import { CountdownAnnouncer } from '../clock/countdown-announcer.tsx'
import { useServerNow } from '../clock/use-server-now.ts'
import { classNames } from '../design/class-names.ts'
import { LiveBadge } from '../line/live-badge.tsx'
import { m } from '../paraglide/messages.js'
import { formatCountdown } from '../text/durations.ts'
import { formatDay, formatTime } from '../text/instants.ts'
import { currentLocale, told } from '../text/locale.ts'
import { ViewSwitch } from './view-switch.tsx'

/** Which night this is, the other nights one press away, how long the pass lasts, how live the map is. */
export function ShowBar(props: {
  concert: ConcertPage
  show: ShowSummary
  /** how seats come in; `null` for who is outside, to whom none do */
  live: LiveState | undefined | null
  expiresAtMs: number | undefined
  isListed: boolean
  onListed: (isListed: boolean) => void
}) {
  const { concert, show } = props
  const zone = { locale: currentLocale(), timeZone: concert.timeZone }
  return (
    <div className="border-b border-rule/50 px-4 pt-3 pb-2 lg:px-6">
      <div className="flex items-center justify-between gap-4">
        <h1 className="min-w-0 truncate text-lg">
          <Link
            to="/concerts/$concertId"
            params={{ concertId: concert.concertId }}
            className="hover:text-lamp-text"
          >
            {told(concert.title)}
          </Link>
        </h1>
        <div className="flex shrink-0 items-center gap-4">
          {props.live !== null && (
            <span className="max-sm:[&_output]:sr-only">
              <LiveBadge live={props.live} />
            </span>
          )}
          {props.expiresAtMs !== undefined && <PassLeft expiresAtMs={props.expiresAtMs} />}
        </div>
      </div>
      <div className="mt-2 flex items-center gap-3">
        <nav aria-label={m.dates()} className="-mx-1 flex min-w-0 flex-1 gap-1 overflow-x-auto px-1 py-1">
          {concert.shows.map((each) => (
            <Link
              key={each.showId}
              to="/concerts/$concertId/shows/$showId"
              params={{ concertId: concert.concertId, showId: each.showId }}
              aria-current={each.showId === show.showId ? 'page' : undefined}
              className={classNames(
                'flex min-h-9 shrink-0 items-center gap-1.5 rounded-full px-3.5 text-sm whitespace-nowrap',
                each.showId === show.showId
                  ? 'bg-ink font-semibold text-ground'
                  : 'text-soft hover:bg-raised hover:text-ink',
              )}
            >
              {formatDay(each.startsAtMs, zone)}
              <span className={each.showId === show.showId ? 'font-normal' : 'text-faint'}>
                {formatTime(each.startsAtMs, zone)}
              </span>
            </Link>
          ))}
        </nav>
        <ViewSwitch isListed={props.isListed} onChange={props.onListed} />
      </div>
    </div>
  )
}

function PassLeft({ expiresAtMs }: { expiresAtMs: number }) {
  const leftMs = expiresAtMs - useServerNow()
  return (
    <span className="text-sm text-soft">
      {m.pass_left()}{' '}
      <span className={classNames('font-semibold', leftMs < 60_000 ? 'text-bad' : 'text-ink')}>
        {formatCountdown(leftMs)}
      </span>
      <CountdownAnnouncer leftMs={leftMs} tell={m.pass_seconds_left} />
    </span>
  )
}
