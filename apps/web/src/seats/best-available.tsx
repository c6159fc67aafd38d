import type { ConcertPage } from '@greenroom/contract'
import { type RefObject, useId } from 'react'
import { Button } from '../design/button.tsx'
import { fieldLook } from '../design/field-look.ts'
import { m } from '../paraglide/messages.js'
import type { SeatPlan } from '../seat-map/index.ts'
import { tellCategoryName } from '../text/categories.ts'
import { tellMoney } from '../text/money.ts'
import type { Basket } from './use-basket.ts'
import { isStandingWish, type Where, whereFrom, whereKey } from './where.ts'

/** The server finds the best seats side by side, in a class or a section, and holds them at once; the map shows them. */
export function BestAvailable(props: {
  concert: ConcertPage
  plan: SeatPlan | undefined
  basket: Basket
  party: number | null
  where: Where
  onWhere: (where: Where) => void
  canHold: boolean
  buttonRef: RefObject<HTMLButtonElement | null>
}) {
  const { concert, plan, basket, where, canHold, buttonRef } = props
  const whereId = useId()
  const sections = plan?.geometry.sections ?? []
  const quantity = props.party ?? Math.min(2, concert.seatsPerFan)
  return (
    <section aria-labelledby="best">
      <h2 id="best" className="text-lg">
        {m.best_title()}
      </h2>
      <p className="mt-1.5 text-[0.9375rem] text-soft">{m.best_text()}</p>
      <label htmlFor={whereId} className="sr-only">
        {m.best_where()}
      </label>
      <select
        id={whereId}
        className={`${fieldLook} mt-4`}
        value={whereKey(where)}
        onChange={(event) => props.onWhere(whereFrom(event.currentTarget.value))}
      >
        <option value="">{m.anywhere()}</option>
        <optgroup label={m.categories()}>
          {concert.categories.map(({ code, name, priceMinor }) => (
            <option key={code} value={whereKey({ categoryCode: code })}>
              {tellCategoryName(name, concert.categories)} · {tellMoney(priceMinor, concert.currency)}
            </option>
          ))}
        </optgroup>
        {sections.length > 1 && (
          <optgroup label={m.sections()}>
            {sections.map(({ name, firstOrdinal }) => (
              <option key={firstOrdinal} value={whereKey({ section: name })}>
                {name}
              </option>
            ))}
          </optgroup>
        )}
      </select>
      <Button
        ref={buttonRef}
        tone="outline"
        className="mt-2.5 w-full"
        busy={basket.holdBest.isPending}
        disabled={!canHold}
        onClick={() => basket.holdBest.mutate({ quantity, ...where })}
      >
        {plan !== undefined && isStandingWish(plan, where)
          ? m.best_standing({ count: quantity })
          : m.best_button({ count: quantity })}
      </Button>
    </section>
  )
}
