import type { ConcertId, ConcertSummary, CreatedPartnerKey } from '@greenroom/contract'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../data/api.ts'
import { refusalOf } from '../data/wire-error.ts'
import { Button } from '../design/button.tsx'
import { Notice } from '../design/notice.tsx'
import { TextField } from '../design/text-field.tsx'
import { m } from '../paraglide/messages.js'
import { readForm } from '../session/read-form.ts'
import { tellRefusal } from '../text/refusals.ts'
import { ConcertChoice } from './concert-choice.tsx'

const usualRate = 6_000

/** Asks whose key it is, what it opens and how fast, and hands the new key on. */
export function CreatePartnerKey(props: {
  concerts: ConcertSummary[] | undefined
  onMade: (made: CreatedPartnerKey) => void
}) {
  const queries = useQueryClient()
  const [chosen, setChosen] = useState<ConcertId[] | null>(null)
  const create = useMutation(
    api.partners.createKey.mutationOptions({
      onSuccess: (made) => {
        props.onMade(made)
        setChosen(null)
      },
      onSettled: () => queries.invalidateQueries(api.partners.pathFilter()),
    }),
  )
  return (
    <form
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        const form = event.currentTarget
        const field = readForm(form)
        create.mutate(
          { name: field('name'), concertIds: chosen, ratePerMinute: Number(field('rate')) },
          { onSuccess: () => form.reset() },
        )
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
      <Button type="submit" busy={create.isPending} disabled={chosen?.length === 0}>
        {m.key_create()}
      </Button>
      {create.isError && <Notice tone="bad">{tellRefusal(refusalOf(create.error))}</Notice>}
    </form>
  )
}
