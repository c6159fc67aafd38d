import { type Currency, maxChargeMinor } from '@greenroom/contract'
import { minorDigits } from '@greenroom/contract/plain'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { toast } from 'sonner'
import { api, greenroom } from '../data/api.ts'
import { useAttempt } from '../data/use-attempt.ts'
import { refusalOf } from '../data/wire-error.ts'
import { Button } from '../design/button.tsx'
import { classNames } from '../design/class-names.ts'
import { m } from '../paraglide/messages.js'
import { readAmount, tidyAmount, writeAmount } from '../text/amount-text.ts'
import { tellMoney } from '../text/money.ts'
import { tellRefusal } from '../text/refusals.ts'

/** Minor units: about the same worth in each, and round. */
const usualAmounts: Record<Currency, readonly number[]> = {
  KRW: [50_000, 100_000, 300_000, 500_000],
  JPY: [5_000, 10_000, 30_000, 50_000],
  USD: [5_000, 10_000, 30_000, 50_000],
  EUR: [5_000, 10_000, 30_000, 50_000],
}

/** Puts money into the wallet; `missingMinor` offers exactly what a purchase lacks. */
export function ChargeForm({ currency, missingMinor }: { currency: Currency; missingMinor?: number }) {
  const queries = useQueryClient()
  const usual = usualAmounts[currency]
  const amounts = missingMinor === undefined ? usual : [missingMinor, ...usual.slice(0, 3)]
  const [text, setText] = useState(writeAmount(amounts[0] ?? 0, currency))
  const amountMinor = readAmount(text, currency)
  const charge = useAttempt({
    name: (amount: number) => `charge ${amount}`,
    run: (amount, idempotencyKey) =>
      greenroom.api.wallet.charge.mutate({ amountMinor: amount, idempotencyKey }),
    onSuccess: (balance) => {
      queries.setQueryData(api.wallet.balance.queryKey(), balance)
      // also the balance: a question that was under way meanwhile would put the old one back
      void queries.invalidateQueries(api.wallet.pathFilter())
      toast.success(m.charged({ balance: tellMoney(balance.balanceMinor, balance.currency) }))
    },
    onError: (error) => toast.error(tellRefusal(refusalOf(error))),
  })
  const isValid = Number.isInteger(amountMinor) && amountMinor > 0 && amountMinor <= maxChargeMinor
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (isValid && !charge.isPending) charge.mutate(amountMinor)
      }}
    >
      <fieldset aria-label={m.charge_amount()} className="grid grid-cols-2 gap-2">
        {amounts.map((amount, index) => (
          <button
            key={`${index} ${amount}`}
            type="button"
            aria-pressed={amount === amountMinor}
            onClick={() => setText(writeAmount(amount, currency))}
            className={classNames(
              'min-h-12 rounded-control border px-3 font-semibold',
              amount === amountMinor
                ? 'border-lamp bg-lamp/15 text-ink'
                : 'border-rule text-soft hover:border-faint hover:text-ink',
            )}
          >
            {tellMoney(amount, currency)}
          </button>
        ))}
      </fieldset>
      <label className="mt-3 flex items-center gap-3 rounded-control border border-rule bg-ground px-3.5 outline-offset-3 outline-lamp-text has-focus-visible:outline-[2.5px]">
        <span className="shrink-0 text-sm text-soft">{m.charge_other()}</span>
        <input
          inputMode={minorDigits[currency] === 0 ? 'numeric' : 'decimal'}
          value={text}
          onChange={(event) => setText(tidyAmount(event.currentTarget.value, currency))}
          className="min-h-12 w-full min-w-0 bg-transparent text-right font-semibold outline-none"
        />
      </label>
      <Button type="submit" size="lg" className="mt-4 w-full" busy={charge.isPending} disabled={!isValid}>
        {m.charge_button({ amount: tellMoney(amountMinor, currency) })}
      </Button>
    </form>
  )
}
