import type { ConcertPage } from '@greenroom/contract'
import { m } from '../paraglide/messages.js'
import { tellCategoryName } from '../text/categories.ts'
import { tellMoney } from '../text/money.ts'

export function PriceList({ concert }: { concert: ConcertPage }) {
  return (
    <section aria-labelledby="prices">
      <h2 id="prices" className="text-2xl lg:text-lg">
        {m.prices()}
      </h2>
      <ul className="mt-3 divide-y divide-rule/60 border-y border-rule/60">
        {concert.categories.map((category) => (
          <li key={category.code} className="flex min-h-12 items-center gap-3">
            <span
              aria-hidden="true"
              className="size-3 rounded-full"
              style={{ backgroundColor: category.color }}
            />
            <span className="flex-1 font-medium">{tellCategoryName(category.name, concert.categories)}</span>
            <span className="font-semibold">{tellMoney(category.priceMinor, concert.currency)}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
