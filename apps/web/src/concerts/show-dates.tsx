import type { ConcertPage, ShowSummary } from '@greenroom/contract'
import { LampBar } from '../design/lamp-bar.tsx'
import { m } from '../paraglide/messages.js'
import { tellCategoryName } from '../text/categories.ts'
import { calendarLeaf, formatTime } from '../text/instants.ts'
import { currentLocale } from '../text/locale.ts'
import { tellCount } from '../text/money.ts'
import { SaleStopped } from './sale-stopped.tsx'

/** The dates as a set list: day, hour, and how lit each price class still is. */
export function ShowDates({ concert }: { concert: ConcertPage }) {
  return (
    <ul className="mt-5 divide-y divide-rule/60 border-y border-rule/60">
      {concert.shows.map((show) => (
        <ShowDate key={show.showId} show={show} concert={concert} />
      ))}
    </ul>
  )
}

function ShowDate({ show, concert }: { show: ShowSummary; concert: ConcertPage }) {
  const zone = { locale: currentLocale(), timeZone: concert.timeZone }
  const leaf = calendarLeaf(show.startsAtMs, zone)
  return (
    <li className="grid gap-x-8 gap-y-4 py-5 sm:grid-cols-[11rem_1fr] sm:items-center">
      <div className="flex items-center gap-4">
        <div className="w-16 text-center">
          <div className="text-sm font-medium text-soft">{leaf.month}</div>
          <div className="text-[2.5rem] leading-none font-extrabold tracking-[-0.04em]">{leaf.day}</div>
        </div>
        <div>
          <div className="font-semibold">{leaf.weekday}</div>
          <div className="text-soft">{formatTime(show.startsAtMs, zone)}</div>
        </div>
      </div>
      {show.isStopped ? (
        <SaleStopped concertId={concert.concertId} showId={show.showId} isListed />
      ) : (
        <Stock stock={show.stock} concert={concert} />
      )}
    </li>
  )
}

function Stock({ stock, concert }: { stock: ShowSummary['stock']; concert: ConcertPage }) {
  const { categories } = concert
  const told = new Map(categories.map(({ code, name }) => [code, tellCategoryName(name, categories)]))
  return (
    <ul className="grid grid-cols-[repeat(auto-fit,minmax(7rem,1fr))] gap-x-5 gap-y-3">
      {stock.map(({ code, total, available }) => (
        <li key={code} className="flex min-w-0 flex-col justify-end">
          <div className="flex items-end justify-between gap-2 text-sm leading-tight">
            <span className="leading-tight font-medium">{told.get(code)}</span>
            <span className={`whitespace-nowrap ${available === 0 ? 'text-faint' : 'text-soft'}`}>
              {available === 0 ? m.none_left() : m.seats_left({ count: tellCount(available) })}
            </span>
          </div>
          <LampBar share={available / total} lamps={16} className="mt-1.5" />
        </li>
      ))}
    </ul>
  )
}
