import type { ConcertId } from '@greenroom/contract'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../data/api.ts'
import { refusalOf } from '../data/wire-error.ts'
import { Button } from '../design/button.tsx'
import { Notice } from '../design/notice.tsx'
import { Panel } from '../design/panel.tsx'
import { Skeleton } from '../design/skeleton.tsx'
import { TextField } from '../design/text-field.tsx'
import { m } from '../paraglide/messages.js'
import { readForm } from '../session/read-form.ts'
import { tellRefusal } from '../text/refusals.ts'
import { BypassCodeRow } from './bypass-code-row.tsx'
import { SecretOnce } from './secret-once.tsx'

type Made = { bypassCodeId: number; label: string; code: string }

/** The codes that let staff, press and guests in past the line: who has one, how often it was used; made and ended here. */
export function BypassCodesPanel({ concertId }: { concertId: ConcertId }) {
  const codes = useQuery({
    ...api.operator.bypassCodes.queryOptions({ concertId }),
    refetchInterval: 10_000,
  })
  const [unkept, setUnkept] = useState<Made[]>([])
  return (
    <Panel className="p-6">
      <h2 className="text-lg">{m.bypass()}</h2>
      <p className="mt-1.5 text-sm text-faint">{m.bypass_text()}</p>
      {unkept.map((made) => (
        <SecretOnce
          key={made.bypassCodeId}
          title={m.bypass_code_made({ label: made.label })}
          text={m.bypass_code_made_text()}
          label={m.bypass_code()}
          secret={made.code}
          onKept={() => setUnkept((all) => all.filter((each) => each !== made))}
        />
      ))}
      {codes.isPending && <Skeleton className="mt-4 h-24 w-full" />}
      {codes.isError && (
        <Notice tone="bad" className="mt-4">
          {tellRefusal(refusalOf(codes.error))}
        </Notice>
      )}
      {codes.data?.length === 0 && <p className="mt-4 text-soft">{m.bypass_empty()}</p>}
      <ul className="mt-2 divide-y divide-rule/60">
        {codes.data?.map((code) => (
          <BypassCodeRow key={code.bypassCodeId} code={code} />
        ))}
      </ul>
      <CreateBypassCode concertId={concertId} onMade={(made) => setUnkept((all) => [...all, made])} />
    </Panel>
  )
}

function CreateBypassCode(props: { concertId: ConcertId; onMade: (made: Made) => void }) {
  const queries = useQueryClient()
  const create = useMutation(
    api.operator.createBypassCode.mutationOptions({
      onSuccess: (made, { label }) => props.onMade({ ...made, label }),
      onSettled: () => queries.invalidateQueries(api.operator.pathFilter()),
    }),
  )
  return (
    <form
      className="mt-4 grid gap-4 border-t border-rule/60 pt-5"
      onSubmit={(event) => {
        event.preventDefault()
        const form = event.currentTarget
        const field = readForm(form)
        const most = field('most').trim()
        create.mutate(
          {
            concertId: props.concertId,
            label: field('label'),
            maxUses: most === '' ? null : Number(most),
          },
          { onSuccess: () => form.reset() },
        )
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
      <Button type="submit" tone="outline" busy={create.isPending}>
        {m.bypass_code_create()}
      </Button>
      {create.isError && <Notice tone="bad">{tellRefusal(refusalOf(create.error))}</Notice>}
    </form>
  )
}
