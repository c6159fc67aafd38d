import type { ConcertPage, Entry, ShowSummary } from '@greenroom/contract'
import { ChevronRight } from 'lucide-react'
import { CountdownAnnouncer } from '../clock/countdown-announcer.tsx'
import { useServerNow } from '../clock/use-server-now.ts'
import { m } from '../paraglide/messages.js'
import { formatCountdown } from '../text/durations.ts'
import { formatDay, formatTime } from '../text/instants.ts'
import { currentLocale } from '../text/locale.ts'
import { tellCount } from '../text/money.ts'

/** For a fan who has been let in: the dates, each a door to its seats, and how long the pass lasts. */
export function InsideCall(props: { entry: Entry & { state: 'active' }; concert: ConcertPage | undefined }) {
  const leftMs = props.entry.expiresAtMs - useServerNow()
  const zone = { locale: currentLocale(), timeZone: props.concert?.timeZone ?? 'UTC' }
  return (
    <>
      <h1 className="text-[clamp(2rem,8vw,3.75rem)] font-extrabold">{m.inside_title()}</h1>
      <p className="mt-3 text-lg text-cream/85">{m.inside_text({ left: formatCountdown(leftMs) })}</p>
      <CountdownAnnouncer leftMs={leftMs} tell={m.pass_seconds_left} />
      <ul className="mt-8 grid w-full max-w-md gap-2 text-left">
        {props.concert?.shows.map((show) => (
          <li key={show.showId}>
            <a
              href={`/concerts/${show.concertId}/shows/${show.showId}`}
              className="flex min-h-15 items-center gap-3 rounded-control bg-lamp px-4 py-2 font-semibold whitespace-nowrap text-lamp-ink hover:brightness-107 sm:px-5"
            >
              {/* one below the other where a phone has no room for both */}
              <span className="flex flex-wrap gap-x-4 leading-snug">
                <span>{formatDay(show.startsAtMs, zone)}</span>
                <span className="font-medium">{formatTime(show.startsAtMs, zone)}</span>
              </span>
              <span className="ml-auto text-sm font-medium">{tellLeft(show)}</span>
              <ChevronRight aria-hidden="true" className="size-5 shrink-0" />
            </a>
          </li>
        ))}
      </ul>
    </>
  )
}

function tellLeft({ stock, isCancelled }: ShowSummary): string {
  if (isCancelled) return m.show_cancelled_chip()
  const left = stock.reduce((sum, { available }) => sum + available, 0)
  return left === 0 ? m.none_left() : m.seats_left({ count: tellCount(left) })
}
