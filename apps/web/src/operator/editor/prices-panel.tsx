import type { EditorConcertPage } from '@greenroom/contract'
import { useMutation } from '@tanstack/react-query'
import { api } from '../../data/api.ts'
import { Button } from '../../design/button.tsx'
import { Panel } from '../../design/panel.tsx'
import { m } from '../../paraglide/messages.js'
import { tellCategoryName } from '../../text/categories.ts'
import { tellMoney } from '../../text/money.ts'
import { useConfirmed } from './confirmed.tsx'
import { PriceField, readPrice } from './price-field.tsx'

/** What seats of each category cost from now on; who holds one pays what it cost then. */
export function PricesPanel({ concert }: { concert: EditorConcertPage }) {
  return (
    <Panel className="p-6">
      <h2 className="text-lg">{m.editor_prices()}</h2>
      <p className="mt-1 text-sm text-soft">{m.editor_prices_text({ currency: concert.currency })}</p>
      <ul className="mt-4 grid gap-4">
        {concert.prices.map((price) => (
          <PriceRow key={price.categoryCode} concert={concert} price={price} />
        ))}
      </ul>
    </Panel>
  )
}

/** One category. What the server found wrong is told at its own field, beside the price that holds now. */
function PriceRow(props: { concert: EditorConcertPage; price: EditorConcertPage['prices'][number] }) {
  const { concertId, currency } = props.concert
  const { categoryCode, color, priceMinor } = props.price
  const name = tellCategoryName(props.price.name, props.concert.prices)
  const { ask, faultOf, dialog } = useConfirmed()
  const set = useMutation(api.editor.setPrice.mutationOptions())
  return (
    <li>
      <form
        className="flex items-start gap-3"
        onSubmit={(event) => {
          event.preventDefault()
          const next = readPrice(event.currentTarget, 'price', currency)
          if (next === undefined) return
          ask({
            about: m.editor_price_text({
              name,
              before: tellMoney(priceMinor, currency),
              after: tellMoney(next, currency),
            }),
            run: () => set.mutateAsync({ concertId, categoryCode, fromMinor: priceMinor, priceMinor: next }),
          })
        }}
      >
        <PriceField
          // anew when it was changed, by whomever
          key={priceMinor}
          className="min-w-0 flex-1"
          label={
            <span className="inline-flex items-center gap-2">
              <span aria-hidden className="size-3 rounded-full" style={{ background: color }} />
              {name}
            </span>
          }
          name="price"
          currency={currency}
          defaultMinor={priceMinor}
          error={faultOf('priceMinor')}
        />
        <Button
          type="submit"
          tone="outline"
          aria-label={m.editor_price_apply({ name })}
          className="mt-6.5 min-h-12"
        >
          {m.apply()}
        </Button>
      </form>
      {dialog}
    </li>
  )
}
