import type { EditorConcertPage } from '@greenroom/contract'
import { useMutation } from '@tanstack/react-query'
import { api } from '../../data/api.ts'
import { Button } from '../../design/button.tsx'
import { Panel } from '../../design/panel.tsx'
import { TextField } from '../../design/text-field.tsx'
import { m } from '../../paraglide/messages.js'
import { readForm } from '../../session/read-form.ts'
import { tellMoney } from '../../text/money.ts'
import { useConfirmed } from './confirmed.tsx'

/** What seats of each category cost from now on; who holds one pays what it cost then. */
export function PricesPanel({ concert }: { concert: EditorConcertPage }) {
  const { concertId, currency, prices } = concert
  const { ask, faultOf, dialog } = useConfirmed()
  const set = useMutation(api.editor.setPrice.mutationOptions())
  return (
    <Panel className="p-6">
      <h2 className="text-lg">{m.editor_prices()}</h2>
      <p className="mt-1 text-sm text-soft">{m.editor_prices_text({ currency })}</p>
      <ul className="mt-4 grid gap-4">
        {prices.map(({ categoryCode, name, color, priceMinor }) => (
          // anew when it was changed, by whomever
          <li key={`${categoryCode} ${priceMinor}`}>
            <form
              className="flex items-end gap-3"
              onSubmit={(event) => {
                event.preventDefault()
                const next = Number(readForm(event.currentTarget)('priceMinor'))
                ask({
                  about: m.editor_price_text({
                    name,
                    before: tellMoney(priceMinor, currency),
                    after: tellMoney(next, currency),
                  }),
                  run: () =>
                    set.mutateAsync({ concertId, categoryCode, fromMinor: priceMinor, priceMinor: next }),
                })
              }}
            >
              <TextField
                className="min-w-0 flex-1"
                label={
                  <span className="inline-flex items-center gap-2">
                    <span aria-hidden className="size-3 rounded-full" style={{ background: color }} />
                    {name}
                  </span>
                }
                name="priceMinor"
                type="number"
                min={0}
                step={1}
                required
                defaultValue={priceMinor}
                error={faultOf('priceMinor')}
              />
              <Button type="submit" tone="outline" className="min-h-12">
                {m.apply()}
              </Button>
            </form>
          </li>
        ))}
      </ul>
      {dialog}
    </Panel>
  )
}
