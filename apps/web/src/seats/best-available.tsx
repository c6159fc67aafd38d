import type { ConcertPage } from '@greenroom/contract'
import { useState } from 'react'
import { Button } from '../design/button.tsx'
import { classNames } from '../design/class-names.ts'
import { fieldLook } from '../design/text-field.tsx'
import { m } from '../paraglide/messages.js'
import { tellMoney } from '../text/money.ts'
import type { Basket } from './use-basket.ts'

/** A number and a class: the server finds the best seats side by side and holds them at once. */
export function BestAvailable(props: { concert: ConcertPage; basket: Basket; canHold: boolean }) {
  const { concert, basket } = props
  const most = Math.max(1, Math.min(concert.seatsPerFan, 10))
  const [quantity, setQuantity] = useState(Math.min(2, most))
  const [code, setCode] = useState<number>()
  return (
    <section aria-labelledby="best">
      <h2 id="best" className="text-lg">
        {m.best_title()}
      </h2>
      <p className="mt-1.5 text-[0.9375rem] text-soft">{m.best_text()}</p>
      <fieldset aria-label={m.how_many()} className="mt-4 flex gap-1.5">
        {Array.from({ length: most }, (_, index) => index + 1).map((count) => (
          <button
            key={count}
            type="button"
            aria-pressed={count === quantity}
            onClick={() => setQuantity(count)}
            className={classNames(
              'min-h-11 min-w-0 flex-1 rounded-control border font-semibold',
              count === quantity ? 'border-lamp bg-lamp/15' : 'border-rule text-soft hover:border-faint',
            )}
          >
            {count}
          </button>
        ))}
      </fieldset>
      <label className="mt-2.5 block">
        <span className="sr-only">{m.category()}</span>
        <select
          className={fieldLook}
          value={code ?? ''}
          onChange={(event) => {
            const { value } = event.currentTarget
            setCode(value === '' ? undefined : Number(value))
          }}
        >
          <option value="">{m.any_category()}</option>
          {concert.categories.map((category) => (
            <option key={category.code} value={category.code}>
              {category.name} · {tellMoney(category.priceMinor, concert.currency)}
            </option>
          ))}
        </select>
      </label>
      <Button
        tone="outline"
        className="mt-2.5 w-full"
        busy={basket.holdBest.isPending}
        disabled={!props.canHold}
        onClick={() =>
          basket.holdBest.mutate({ quantity, ...(code === undefined ? {} : { categoryCode: code }) })
        }
      >
        {m.best_button({ count: quantity })}
      </Button>
    </section>
  )
}
