import type { Currency } from '@greenroom/contract'
import { minorDigits } from '@greenroom/contract/plain'
import { type ReactNode, useState } from 'react'
import { TextField } from '../../design/text-field.tsx'
import { m } from '../../paraglide/messages.js'
import { type AmountFault, parseAmount, writeAmount } from '../../text/amount-text.ts'

/** A price as a person writes it: `55,000` won, `12.50` dollars. What cannot be one is told while it is typed. */
export function PriceField(props: {
  label: ReactNode
  name: string
  currency: Currency
  defaultMinor?: number
  error?: string | undefined
  className?: string
}) {
  const { currency, defaultMinor, error, ...field } = props
  const [text, setText] = useState(defaultMinor === undefined ? '' : writeAmount(defaultMinor, currency))
  const read = parseAmount(text, currency)
  const fault = read.isAmount || read.fault === 'empty' ? undefined : tellers[read.fault](currency)
  return (
    <TextField
      {...field}
      inputMode={minorDigits[currency] === 0 ? 'numeric' : 'decimal'}
      autoComplete="off"
      required
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      error={fault ?? error}
    />
  )
}

/** The price in the field of that name; `undefined`, with the field in focus, when there is none. */
export function readPrice(form: HTMLFormElement, name: string, currency: Currency): number | undefined {
  const field = form.elements.namedItem(name)
  if (!(field instanceof HTMLInputElement)) return undefined
  const read = parseAmount(field.value, currency)
  if (read.isAmount) return read.minor
  field.focus()
  return undefined
}

const tellers: Record<Exclude<AmountFault, 'empty'>, (currency: Currency) => string> = {
  unreadable: (currency) => m.price_unreadable({ example: writeAmount(exampleMinor[currency], currency) }),
  tooManyDigits: (currency) =>
    minorDigits[currency] === 0
      ? m.price_whole({ currency })
      : m.price_digits({ currency, count: minorDigits[currency] }),
  tooLarge: () => m.price_too_large(),
}

/** An amount whose writing shows how thousands and coins are written. */
const exampleMinor: Record<Currency, number> = { KRW: 55_000, JPY: 5_500, USD: 123_450, EUR: 123_450 }
