import type { ConcertSummary } from '@greenroom/contract'
import { Link } from '@tanstack/react-router'
import { Poster } from '../design/poster/poster.tsx'
import { m } from '../paraglide/messages.js'
import { formatDays } from '../text/instants.ts'
import { currentLocale, told } from '../text/locale.ts'
import { tellMoneyRange } from '../text/money.ts'
import { PhaseChip } from './phase-chip.tsx'

/** One concert of the bill: its poster, its name, when and where. The whole card is one link. */
export function ConcertCard({ concert }: { concert: ConcertSummary }) {
  const zone = { locale: currentLocale(), timeZone: concert.timeZone }
  return (
    <article className="group relative grid grid-cols-[7.5rem_1fr] gap-5 sm:grid-cols-[11rem_1fr] sm:gap-7">
      <Poster
        concertId={concert.concertId}
        accent={concert.accentColor}
        className="aspect-[4/5] rounded-control transition-transform duration-300 ease-out group-hover:-translate-y-1"
      />
      <div className="flex min-w-0 flex-col py-1">
        <PhaseChip phase={concert.phase} opensAtMs={concert.opensAtMs} className="self-start" />
        <h3 className="mt-3 text-xl leading-tight font-bold sm:text-[1.75rem]">
          <Link
            to="/concerts/$concertId"
            params={{ concertId: concert.concertId }}
            className="after:absolute after:inset-0 after:content-[''] group-hover:text-lamp-text"
          >
            {told(concert.title)}
          </Link>
        </h3>
        <p className="mt-1.5 font-medium text-soft">{concert.artist}</p>
        <dl className="mt-auto pt-4 text-[0.9375rem] leading-relaxed text-soft">
          <dt className="sr-only">{m.dates()}</dt>
          <dd>{formatDays(concert.firstShowAtMs, concert.lastShowAtMs, zone)}</dd>
          <dt className="sr-only">{m.venue()}</dt>
          <dd>{told(concert.venue)}</dd>
          <dt className="sr-only">{m.price()}</dt>
          <dd className="text-ink">
            {tellMoneyRange(concert.minPriceMinor, concert.maxPriceMinor, concert.currency)}
          </dd>
        </dl>
      </div>
    </article>
  )
}
