import type { ChallengeKind, ConcertId } from '@greenroom/contract'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { toast } from 'sonner'
import { api } from '../data/api.ts'
import { refusalOf } from '../data/wire-error.ts'
import { Button } from '../design/button.tsx'
import { Panel } from '../design/panel.tsx'
import { Segments } from '../design/segments.tsx'
import { Skeleton } from '../design/skeleton.tsx'
import { TextField } from '../design/text-field.tsx'
import { m } from '../paraglide/messages.js'
import { readForm } from '../session/read-form.ts'
import { tellRefusal } from '../text/refusals.ts'
import { ChangedElsewhere } from './changed-elsewhere.tsx'
import { useFormBase } from './use-form-base.ts'

/** What the line asks of newcomers: a challenge, how hard it is, and how many accounts of one address may wait. Audited. */
export function LineGuardsPanel({ concertId }: { concertId: ConcertId }) {
  const guards = useQuery({
    ...api.operator.lineGuards.queryOptions({ concertId }),
    refetchInterval: 10_000,
  })
  return (
    <Panel className="p-6">
      <h2 className="text-lg">{m.guards_title()}</h2>
      <p className="mt-1.5 text-sm text-faint">{m.guards_text()}</p>
      {guards.isPending && <Skeleton className="mt-4 h-48 w-full" />}
      {guards.isError && (
        <p role="alert" className="mt-4 text-sm text-bad">
          {tellRefusal(refusalOf(guards.error))}
        </p>
      )}
      {guards.data !== undefined && <GuardsForm key={concertId} concertId={concertId} guards={guards.data} />}
    </Panel>
  )
}

type Guards = {
  challenge: ChallengeKind
  challengeBits: number
  mostPerAddress: number | null
  hasProvider: boolean
}

function GuardsForm({ concertId, guards }: { concertId: ConcertId; guards: Guards }) {
  const form = useFormBase(guards)
  return <GuardsFields key={form.formKey} concertId={concertId} guards={form.filled} form={form} />
}

function GuardsFields(props: {
  concertId: ConcertId
  guards: Guards
  form: ReturnType<typeof useFormBase<Guards>>
}) {
  const { concertId, guards, form } = props
  const queries = useQueryClient()
  const [challenge, setChallenge] = useState(guards.challenge)
  const [bits, setBits] = useState(String(strengthOf(guards.challengeBits)))
  const change = useMutation(
    api.operator.guardLine.mutationOptions({
      onSuccess: () => toast.success(m.done()),
      onError: (error) => toast.error(tellRefusal(refusalOf(error))),
      onSettled: () => queries.invalidateQueries(api.operator.pathFilter()),
    }),
  )
  const kinds = [
    { value: 'off', name: m.guards_off() },
    { value: 'work', name: m.guards_work() },
    ...(guards.hasProvider ? [{ value: 'provider', name: m.guards_provider() } as const] : []),
  ] as const
  return (
    <form
      className="mt-4 grid gap-4"
      onInput={form.noteTyping}
      onSubmit={(event) => {
        event.preventDefault()
        const most = readForm(event.currentTarget)('most').trim()
        const wish = {
          challenge,
          challengeBits: Number(bits),
          mostPerAddress: most === '' ? null : Number(most),
        }
        change.mutate({ concertId, ...wish }, { onSuccess: () => form.noteSent({ ...guards, ...wish }) })
      }}
    >
      <Segments
        label={m.guards_challenge()}
        options={kinds}
        chosen={challenge}
        onChoose={(next) => {
          form.noteTyping()
          setChallenge(next)
        }}
      />
      {challenge === 'work' && (
        <div>
          <Segments
            label={m.guards_strength()}
            options={strengths()}
            chosen={bits}
            onChoose={(next) => {
              form.noteTyping()
              setBits(next)
            }}
          />
          <p className="mt-1.5 text-sm text-faint">{m.guards_strength_hint()}</p>
        </div>
      )}
      <TextField
        label={m.guards_address()}
        hint={m.guards_address_hint()}
        name="most"
        type="number"
        min={1}
        max={100_000}
        inputMode="numeric"
        defaultValue={guards.mostPerAddress ?? undefined}
      />
      <ChangedElsewhere isShown={form.isChangedElsewhere} onTake={form.takeShown} />
      <Button type="submit" tone="outline" busy={change.isPending}>
        {m.apply()}
      </Button>
    </form>
  )
}

/** A tenth of a second, half a second and four seconds of a desktop; five times that on a phone. */
const bitsOf = [16, 18, 21] as const

const strengths = () =>
  [
    { value: '16', name: m.guards_light() },
    { value: '18', name: m.guards_medium() },
    { value: '21', name: m.guards_strong() },
  ] as const

/** The nearest of the three; another program may have set any number. */
function strengthOf(bits: number): number {
  return bitsOf.find((each) => bits <= each) ?? 21
}
