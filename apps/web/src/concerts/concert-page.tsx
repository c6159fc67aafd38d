import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useEffect } from 'react'
import { serverClock } from '../clock/server-clock.ts'
import { api } from '../data/api.ts'
import { classNames } from '../design/class-names.ts'
import { Poster } from '../design/poster/poster.tsx'
import { useTitle } from '../design/use-title.ts'
import { m } from '../paraglide/messages.js'
import { roundSpan } from '../text/durations.ts'
import { formatDays } from '../text/instants.ts'
import { currentLocale, told } from '../text/locale.ts'
import { tellSpan } from '../text/spans.ts'
import { longTitle } from './concert-headline.tsx'
import { JoinPanel } from './join-panel.tsx'
import { PhaseChip } from './phase-chip.tsx'
import { PriceList } from './price-list.tsx'
import { ShowDates } from './show-dates.tsx'

const route = getRouteApi('/concerts/$concertId')

/** One concert: its night, its dates with what is left, its prices, and the way into the line. */
export function ConcertPage() {
  const { concertId } = route.useParams()
  const { data: concert } = useSuspenseQuery({
    ...api.catalogue.concert.queryOptions({ concertId }),
    refetchInterval: 10_000,
  })
  useEffect(() => {
    serverClock.observe(concert.asOfMs)
    for (const show of concert.shows) serverClock.observe(show.stockAsOfMs)
  }, [concert])
  const title = told(concert.title)
  useTitle(title)
  return (
    <>
      <Poster
        isBackdrop
        concertId={concert.concertId}
        accent={concert.accentColor}
        className="min-h-[23rem] sm:min-h-[27rem]"
      >
        <div className="absolute inset-0 -z-10 bg-linear-to-t from-(--paint-night) via-(--paint-night)/55 via-40% to-transparent to-85% lg:via-transparent" />
        <div className="page flex min-h-[23rem] flex-col justify-end pt-24 pb-8 sm:min-h-[27rem] sm:pb-10">
          <div>
            <PhaseChip phase={concert.phase} opensAtMs={concert.opensAtMs} />
          </div>
          <h1
            className={classNames(
              'mt-4 leading-[1.04] font-extrabold tracking-[-0.04em]',
              title.length > longTitle
                ? 'max-w-[24ch] text-[clamp(1.875rem,4.2vw,3rem)]'
                : 'max-w-[20ch] text-[clamp(2.25rem,6vw,4rem)]',
            )}
          >
            {title}
          </h1>
          <p className="mt-3 text-lg font-semibold">{concert.artist}</p>
          <p className="mt-1 text-cream/85">
            {formatDays(concert.firstShowAtMs, concert.lastShowAtMs, {
              locale: currentLocale(),
              timeZone: concert.timeZone,
            })}
            <span aria-hidden="true" className="mx-2 text-cream/40">
              /
            </span>
            {told(concert.venue)}
          </p>
        </div>
      </Poster>
      <div className="page grid items-start gap-x-14 gap-y-12 pt-10 pb-28 sm:pt-12 lg:grid-cols-[1fr_22rem] lg:pb-0">
        <div className="min-w-0">
          <p className="max-w-[60ch] text-lg leading-relaxed">{told(concert.about)}</p>
          <section className="mt-12" aria-labelledby="dates">
            <h2 id="dates" className="text-2xl">
              {m.dates()}
            </h2>
            <p className="mt-1.5 text-sm text-faint">
              {m.times_at_venue({ zone: concert.timeZone })} {m.stock_is_a_hint()}
            </p>
            <ShowDates concert={concert} />
          </section>
          <section className="mt-12" aria-labelledby="good-to-know">
            <h2 id="good-to-know" className="text-2xl">
              {m.good_to_know()}
            </h2>
            <ul className="mt-4 grid gap-3 text-soft">
              <li>{m.rule_one_line()}</li>
              <li>{m.rule_seats_per_fan({ count: concert.seatsPerFan })}</li>
              <li>{m.rule_hold({ span: tellSpan(roundSpan(concert.holdTtlMs)) })}</li>
            </ul>
          </section>
        </div>
        <aside className="lg:sticky lg:top-24">
          <PriceList concert={concert} />
          <JoinPanel concert={concert} />
        </aside>
      </div>
    </>
  )
}
