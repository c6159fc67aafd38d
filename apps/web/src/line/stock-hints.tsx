import type { ConcertPage, QueueProgress } from '@greenroom/contract'
import { LampBar } from '../design/lamp-bar.tsx'
import { Skeleton } from '../design/skeleton.tsx'
import { m } from '../paraglide/messages.js'
import { tellCategoryName } from '../text/categories.ts'
import { tellCount, tellMoney } from '../text/money.ts'

/** What is left in each price class, over all dates: the one thing about seats a waiting fan is told. */
export function StockHints(props: { progress: QueueProgress | undefined; concert: ConcertPage | undefined }) {
  const { concert, progress } = props
  const left = new Map(progress?.stock)
  return (
    <section aria-labelledby="stock">
      <h2 id="stock" className="text-lg">
        {m.what_is_left()}
      </h2>
      <ul className="mt-3 divide-y divide-rule/60 border-y border-rule/60">
        {concert === undefined && (
          <li className="py-4">
            <Skeleton className="h-24" />
          </li>
        )}
        {concert?.categories.map((category) => {
          const total = totalOf(concert, category.code)
          const available = left.get(category.code)
          return (
            <li key={category.code} className="py-2.5">
              <div className="flex items-baseline gap-2">
                <span
                  aria-hidden="true"
                  className="size-2.5 rounded-full"
                  style={{ backgroundColor: category.color }}
                />
                <span className="font-medium">{tellCategoryName(category.name, concert.categories)}</span>
                <span className="text-sm text-faint">{tellMoney(category.priceMinor, concert.currency)}</span>
                <span className="ml-auto text-sm">
                  {available === undefined
                    ? '–'
                    : available === 0
                      ? m.none_left()
                      : m.seats_left({ count: tellCount(available) })}
                </span>
              </div>
              <LampBar share={(available ?? 0) / Math.max(1, total)} lamps={24} className="mt-2" />
            </li>
          )
        })}
      </ul>
      <p className="mt-2.5 text-sm text-faint">{m.stock_note()}</p>
    </section>
  )
}

function totalOf(concert: ConcertPage, code: number): number {
  return concert.shows
    .flatMap((show) => show.stock)
    .filter((stock) => stock.code === code)
    .reduce((sum, stock) => sum + stock.total, 0)
}
