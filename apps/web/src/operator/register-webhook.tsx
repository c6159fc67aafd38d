import { type WebhookEventType, webhookEventType, type WebhookSecret } from '@greenroom/contract'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { api } from '../data/api.ts'
import { Button } from '../design/button.tsx'
import { ConfirmDialog } from '../design/confirm-dialog.tsx'
import { TextField } from '../design/text-field.tsx'
import { m } from '../paraglide/messages.js'
import { readForm } from '../session/read-form.ts'
import { faultsOf, tellFault } from '../text/faults.ts'
import { tellFailure } from '../text/tell-failure.ts'
import { tellEventType } from './event-type.ts'

type Wish = { url: string; description: string; eventTypes: WebhookEventType[] }

const allTypes = webhookEventType.options

/** Asks where to send what, once more before it is done, and hands the new endpoint's secret on. */
export function RegisterWebhook({ onMade }: { onMade: (made: WebhookSecret) => void }) {
  const queries = useQueryClient()
  const [chosen, setChosen] = useState<WebhookEventType[]>(allTypes)
  const form = useRef<HTMLFormElement>(null)
  const [asked, setAsked] = useState<Wish>()
  const register = useMutation(
    api.webhooks.register.mutationOptions({
      onSuccess: (made) => {
        setAsked(undefined)
        setChosen(allTypes)
        onMade(made)
      },
      onError: (error) => {
        // told at the field it is about
        if (faultsOf(error).some(({ path }) => path === 'url')) setAsked(undefined)
      },
      onSettled: () => queries.invalidateQueries(api.webhooks.pathFilter()),
    }),
  )
  const urlFault = faultsOf(register.error).find(({ path }) => path === 'url')
  return (
    <form
      ref={form}
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        const field = readForm(event.currentTarget)
        register.reset()
        setAsked({ url: field('url').trim(), description: field('description'), eventTypes: chosen })
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
      <Button type="submit" disabled={chosen.length === 0}>
        {m.webhook_register()}
      </Button>
      <ConfirmDialog
        open={asked !== undefined}
        onOpenChange={() => setAsked(undefined)}
        title={m.webhook_register_title()}
        description={
          asked !== undefined && (
            <>
              <span className="block break-all">{asked.url}</span>
              {m.webhook_register_text({ types: asked.eventTypes.map(tellEventType).join(', ') })}
            </>
          )
        }
        confirm={m.webhook_register()}
        tone="lamp"
        busy={register.isPending}
        failure={tellFailure(register.error)}
        onConfirm={() => {
          if (asked !== undefined) register.mutate(asked, { onSuccess: () => form.current?.reset() })
        }}
      />
    </form>
  )
}
