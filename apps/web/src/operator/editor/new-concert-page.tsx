import { useNavigate } from '@tanstack/react-router'
import { greenroom } from '../../data/api.ts'
import { attemptKey, endAttempt } from '../../data/attempt-key.ts'
import { Button } from '../../design/button.tsx'
import { Notice } from '../../design/notice.tsx'
import { Panel } from '../../design/panel.tsx'
import { TextField } from '../../design/text-field.tsx'
import { useTitle } from '../../design/use-title.ts'
import { m } from '../../paraglide/messages.js'
import { readForm } from '../../session/read-form.ts'
import { tellCategoryName } from '../../text/categories.ts'
import { ClockFields, readClockFields } from './clock-fields.tsx'
import { ConcertFields, readConcertFields } from './concert-fields.tsx'
import { useConfirmed } from './confirmed.tsx'
import { PlanSelect } from './plan-select.tsx'
import { PriceField, readPrice } from './price-field.tsx'
import { useChosenPlan } from './use-chosen-plan.ts'

/** What a press of the button makes is made once, however often it is pressed until there is an answer. */
const attempt = 'make concert'

/** What fans' wallets hold: a concert in another currency could not be paid for. */
const currency = 'KRW'

/** A concert from nothing: what is said of it, its plan and prices, and when its line opens. Its first date follows. */
export function NewConcertPage() {
  useTitle(m.editor_new_concert())
  const navigate = useNavigate()
  const choice = useChosenPlan()
  const plan = choice.chosen
  const { ask, faultOf, otherFaults, dialog } = useConfirmed()
  const submit = (element: HTMLFormElement): void => {
    if (plan === undefined) return
    const form = readForm(element)
    const text = readConcertFields(form)
    const { opensAtMs, ...clock } = readClockFields(element, text.timeZone)
    if (opensAtMs === null) return
    const rate = form('rate').trim()
    const prices: { categoryCode: number; priceMinor: number }[] = []
    for (const { code } of plan.categories) {
      const priceMinor = readPrice(element, `price.${code}`, currency)
      if (priceMinor === undefined) return
      prices.push({ categoryCode: code, priceMinor })
    }
    ask({
      about: m.editor_new_text(),
      run: async () => {
        const { concertId } = await greenroom.api.editor.makeConcert.mutate({
          ...text,
          idempotencyKey: attemptKey(sessionStorage, attempt),
          seatPlanId: plan.seatPlanId,
          currency,
          prices,
          line: {
            ...clock,
            opensAtMs,
            capacity: Number(form('capacity')),
            ratePerMinute: rate === '' ? null : Number(rate),
          },
        })
        endAttempt(sessionStorage, attempt)
        await navigate({ to: '/admin/concerts/$concertId', params: { concertId } })
      },
    })
  }
  return (
    <div className="page max-w-3xl py-8">
      <h1 className="text-3xl">{m.editor_new_concert()}</h1>
      <Panel className="mt-6 p-6">
        <form
          className="grid gap-4"
          onSubmit={(event) => {
            event.preventDefault()
            submit(event.currentTarget)
          }}
          // another wish than the one that was answered, or not
          onChange={() => endAttempt(sessionStorage, attempt)}
        >
          <ConcertFields faultOf={faultOf} />
          <PlanSelect {...choice} />
          <fieldset>
            <legend className="mb-3 font-semibold">{m.editor_new_prices({ currency })}</legend>
            <div className="grid gap-4 sm:grid-cols-3">
              {plan?.categories.map(({ code, name }) => (
                <PriceField
                  key={code}
                  label={m.editor_price_of({ name: tellCategoryName(name, plan.categories) })}
                  name={`price.${code}`}
                  currency={currency}
                />
              ))}
            </div>
          </fieldset>
          <ClockFields timeZone={null} faultOf={faultOf} />
          <div className="grid gap-4 sm:grid-cols-2">
            <TextField
              label={m.capacity()}
              name="capacity"
              type="number"
              min={0}
              required
              defaultValue={200}
              error={faultOf('line.capacity')}
            />
            <TextField
              label={m.rate_per_minute()}
              name="rate"
              type="number"
              min={0}
              hint={m.rate_hint()}
              error={faultOf('line.ratePerMinute')}
            />
          </div>
          {otherFaults.map((fault) => (
            <Notice key={fault} tone="bad">
              {fault}
            </Notice>
          ))}
          <Button type="submit" disabled={plan === undefined}>
            {m.editor_make()}
          </Button>
        </form>
      </Panel>
      {dialog}
    </div>
  )
}
