import type { ConcertId, ConcertSummary, CreatedPartnerKey } from '@greenroom/contract'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { api } from '../data/api.ts'
import { Button } from '../design/button.tsx'
import { ConfirmDialog } from '../design/confirm-dialog.tsx'
import { TextField } from '../design/text-field.tsx'
import { m } from '../paraglide/messages.js'
import { readForm } from '../session/read-form.ts'
import { tellCount } from '../text/money.ts'
import { tellFailure } from '../text/tell-failure.ts'
import { ConcertChoice } from './concert-choice.tsx'

const usualRate = 6_000

type Wish = { name: string; concertIds: ConcertId[] | null; ratePerMinute: number }

/** Asks whose key it is, what it opens and how fast, once more before it is made, and hands the new key on. */
export function CreatePartnerKey(props: {
  concerts: ConcertSummary[] | undefined
  onMade: (made: CreatedPartnerKey) => void
}) {
  const queries = useQueryClient()
  const [chosen, setChosen] = useState<ConcertId[] | null>(null)
  const form = useRef<HTMLFormElement>(null)
  const [asked, setAsked] = useState<Wish>()
  const create = useMutation(
    api.partners.createKey.mutationOptions({
      onSuccess: (made) => {
        setAsked(undefined)
        setChosen(null)
        props.onMade(made)
      },
      onSettled: () => queries.invalidateQueries(api.partners.pathFilter()),
    }),
  )
  return (
    <form
      ref={form}
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        const field = readForm(event.currentTarget)
        create.reset()
        setAsked({ name: field('name'), concertIds: chosen, ratePerMinute: Number(field('rate')) })
      }}
    >
      <TextField label={m.key_partner()} name="name" autoComplete="off" required maxLength={80} />
      <TextField
        label={m.key_rate()}
        name="rate"
        type="number"
        inputMode="numeric"
        min={1}
        max={1_000_000}
        required
        defaultValue={usualRate}
      />
      <ConcertChoice concerts={props.concerts ?? []} chosen={chosen} onChoose={setChosen} />
      <Button type="submit" disabled={chosen?.length === 0}>
        {m.key_create()}
      </Button>
      <ConfirmDialog
        open={asked !== undefined}
        onOpenChange={() => setAsked(undefined)}
        title={m.key_create_title({ name: asked?.name ?? '' })}
        description={asked === undefined ? '' : tellKey(asked)}
        confirm={m.key_create()}
        tone="lamp"
        busy={create.isPending}
        failure={tellFailure(create.error)}
        onConfirm={() => {
          if (asked !== undefined) create.mutate(asked, { onSuccess: () => form.current?.reset() })
        }}
      />
    </form>
  )
}

function tellKey({ concertIds, ratePerMinute }: Wish): string {
  const rate = tellCount(ratePerMinute)
  return concertIds === null
    ? m.key_create_all({ rate })
    : m.key_create_some({ count: tellCount(concertIds.length), rate })
}
