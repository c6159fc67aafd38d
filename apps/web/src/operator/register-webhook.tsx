import { type WebhookEventType, webhookEventType, type WebhookSecret } from '@greenroom/contract'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../data/api.ts'
import { refusalOf } from '../data/wire-error.ts'
import { Button } from '../design/button.tsx'
import { Notice } from '../design/notice.tsx'
import { TextField } from '../design/text-field.tsx'
import { m } from '../paraglide/messages.js'
import { readForm } from '../session/read-form.ts'
import { faultsOf, tellFault } from '../text/faults.ts'
import { tellRefusal } from '../text/refusals.ts'
import { tellEventType } from './event-type.ts'

const allTypes = webhookEventType.options

/** Asks where to send what, and hands the new endpoint's secret on. */
export function RegisterWebhook({ onMade }: { onMade: (made: WebhookSecret) => void }) {
  const queries = useQueryClient()
  const [chosen, setChosen] = useState<WebhookEventType[]>(allTypes)
  const register = useMutation(
    api.webhooks.register.mutationOptions({
      onSuccess: (made) => {
        onMade(made)
        setChosen(allTypes)
      },
      onSettled: () => queries.invalidateQueries(api.webhooks.pathFilter()),
    }),
  )
  const urlFault = faultsOf(register.error).find(({ path }) => path === 'url')
  return (
    <form
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        const form = event.currentTarget
        const field = readForm(form)
        register.mutate(
          { url: field('url').trim(), description: field('description'), eventTypes: chosen },
          { onSuccess: () => form.reset() },
        )
      }}
    >
      <TextField
        label={m.webhook_url()}
        name="url"
        type="url"
        inputMode="url"
        autoComplete="off"
        placeholder="https://"
        required
        maxLength={2_000}
        hint={m.webhook_url_hint()}
        error={urlFault && tellFault(urlFault)}
      />
      <TextField label={m.webhook_description()} name="description" autoComplete="off" maxLength={80} />
      <fieldset>
        <legend className="mb-1.5 text-sm font-semibold">{m.webhook_types()}</legend>
        {allTypes.map((type) => (
          <label key={type} className="flex min-h-11 items-center gap-3">
            <input
              type="checkbox"
              className="size-5 shrink-0 accent-lamp"
              checked={chosen.includes(type)}
              onChange={(event) => {
                const others = chosen.filter((each) => each !== type)
                setChosen(event.currentTarget.checked ? [...others, type] : others)
              }}
            />
            {tellEventType(type)}
          </label>
        ))}
        {chosen.length === 0 && <p className="mt-1 text-sm text-soft">{m.webhook_choose_types()}</p>}
      </fieldset>
      <Button type="submit" busy={register.isPending} disabled={chosen.length === 0}>
        {m.webhook_register()}
      </Button>
      {register.isError && urlFault === undefined && (
        <Notice tone="bad">{tellRefusal(refusalOf(register.error))}</Notice>
      )}
    </form>
  )
}
