import type { ConcertSummary } from '@greenroom/contract'
import { Link } from '@tanstack/react-router'
import { ArrowRight } from 'lucide-react'
import { buttonLook } from '../design/button.tsx'
import { classNames } from '../design/class-names.ts'
import { Poster } from '../design/poster/poster.tsx'
import { m } from '../paraglide/messages.js'
import { formatDays } from '../text/instants.ts'
import { currentLocale, told } from '../text/locale.ts'
import { tellMoneyRange } from '../text/money.ts'
import { PhaseChip } from './phase-chip.tsx'

/** From so many letters on a title is set smaller, so that it does not fill the window. */
export const longTitle = 32

/** The concert that matters now, as large as the window: its night, its name, one way in. */
export function ConcertHeadline({ concert }: { concert: ConcertSummary }) {
  const zone = { locale: currentLocale(), timeZone: concert.timeZone }
  const title = told(concert.title)
  return (
    <section aria-labelledby="headline">
      <Poster
        isBackdrop
        concertId={concert.concertId}
        accent={concert.accentColor}
        className="min-h-[34rem] sm:min-h-[38rem]"
      >
        <div className="absolute inset-0 -z-10 bg-linear-to-t from-(--paint-night) via-(--paint-night)/60 via-35% to-transparent to-75% lg:via-transparent" />
        <div className="page flex min-h-[34rem] flex-col justify-end pt-40 pb-10 sm:min-h-[38rem] sm:pb-14">
          <div>
            <PhaseChip phase={concert.phase} opensAtMs={concert.opensAtMs} />
          </div>
          <h1
            id="headline"
            className={classNames(
              'mt-5 leading-[1.02] font-extrabold tracking-[-0.045em]',
              title.length > longTitle
                ? 'max-w-[22ch] text-[clamp(2rem,4.2vw,3.25rem)] lg:max-w-[18ch]'
                : 'max-w-[14ch] text-[clamp(2.5rem,6.6vw,5rem)] lg:max-w-[10ch]',
            )}
          >
            {title}
          </h1>
          <p className="mt-4 text-lg font-semibold sm:text-xl">{concert.artist}</p>
          <div className="mt-6 flex flex-col gap-6 sm:flex-row sm:items-end sm:justify-between">
            <dl className="grid gap-x-10 gap-y-1 text-cream/85 sm:grid-flow-col">
              <Fact term={m.dates()}>{formatDays(concert.firstShowAtMs, concert.lastShowAtMs, zone)}</Fact>
              <Fact term={m.venue()}>{told(concert.venue)}</Fact>
              <Fact term={m.price()}>
                {tellMoneyRange(concert.minPriceMinor, concert.maxPriceMinor, concert.currency)}
              </Fact>
            </dl>
            <Link
              to="/concerts/$concertId"
              params={{ concertId: concert.concertId }}
              className={`${buttonLook({ size: 'lg' })} shrink-0`}
            >
              {m.see_concert()}
              <ArrowRight aria-hidden="true" className="size-5" />
            </Link>
          </div>
        </div>
      </Poster>
    </section>
  )
}

function Fact({ term, children }: { term: string; children: string }) {
  return (
    <div>
      <dt className="sr-only">{term}</dt>
      <dd>{children}</dd>
    </div>
  )
}
