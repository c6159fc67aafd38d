import type { ConcertId } from '@greenroom/contract'
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

export type MadeBypassCode = { bypassCodeId: number; label: string; code: string }

/** Asks for whom a code is and how often it opens, once more before it is made, and hands the new one on. */
export function CreateBypassCode(props: { concertId: ConcertId; onMade: (made: MadeBypassCode) => void }) {
  const { concertId } = props
  const queries = useQueryClient()
  const form = useRef<HTMLFormElement>(null)
  const [asked, setAsked] = useState<{ label: string; maxUses: number | null }>()
  const create = useMutation(
    api.operator.createBypassCode.mutationOptions({
      onSuccess: (made, { label }) => {
        setAsked(undefined)
        props.onMade({ ...made, label })
      },
      onSettled: () => queries.invalidateQueries(api.operator.pathFilter()),
    }),
  )
  return (
    <form
      ref={form}
      className="mt-4 grid gap-4 border-t border-rule/60 pt-5"
      onSubmit={(event) => {
        event.preventDefault()
        const field = readForm(event.currentTarget)
        const most = field('most').trim()
        create.reset()
        setAsked({ label: field('label'), maxUses: most === '' ? null : Number(most) })
      }}
    >
      <TextField label={m.bypass_code_label()} name="label" autoComplete="off" required maxLength={80} />
      <TextField
        label={m.bypass_code_uses()}
        hint={m.bypass_code_uses_hint()}
        name="most"
        type="number"
        inputMode="numeric"
        min={1}
        max={100_000}
      />
      <Button type="submit" tone="outline">
        {m.bypass_code_create()}
      </Button>
      <ConfirmDialog
        open={asked !== undefined}
        onOpenChange={() => setAsked(undefined)}
        title={m.bypass_code_create_title({ label: asked?.label ?? '' })}
        description={asked === undefined ? '' : tellUses(asked.maxUses)}
        confirm={m.bypass_code_create()}
        tone="lamp"
        busy={create.isPending}
        failure={tellFailure(create.error)}
        onConfirm={() => {
          if (asked !== undefined)
            create.mutate({ concertId, ...asked }, { onSuccess: () => form.current?.reset() })
        }}
      />
    </form>
  )
}

function tellUses(maxUses: number | null): string {
  return maxUses === null
    ? m.bypass_code_create_any()
    : m.bypass_code_create_text({ count: tellCount(maxUses) })
}
