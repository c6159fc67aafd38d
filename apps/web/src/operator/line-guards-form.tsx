import type { ChallengeKind, ConcertId, LineGuards } from '@greenroom/contract'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { toast } from 'sonner'
import { api } from '../data/api.ts'
import { Button } from '../design/button.tsx'
import { ConfirmDialog } from '../design/confirm-dialog.tsx'
import { Segments } from '../design/segments.tsx'
import { TextField } from '../design/text-field.tsx'
import { m } from '../paraglide/messages.js'
import { readForm } from '../session/read-form.ts'
import { tellCount } from '../text/money.ts'
import { ChangedElsewhere } from './changed-elsewhere.tsx'
import { changeFrom } from './changed-parts.ts'
import { tellChangeFailure } from './tell-change-failure.ts'
import { useFormBase } from './use-form-base.ts'

type Guards = Omit<LineGuards, 'hasProvider'>

/** The settings as they are; what is typed stays when another operator changes them. */
export function LineGuardsForm(props: { concertId: ConcertId; guards: LineGuards }) {
  const { hasProvider, ...shown } = props.guards
  const form = useFormBase(shown)
  return (
    <GuardsFields
      key={form.formKey}
      concertId={props.concertId}
      hasProvider={hasProvider}
      shown={shown}
      form={form}
    />
  )
}

function GuardsFields(props: {
  concertId: ConcertId
  hasProvider: boolean
  shown: Guards
  form: ReturnType<typeof useFormBase<Guards>>
}) {
  const { concertId, shown, form } = props
  const guards = form.filled
  const queries = useQueryClient()
  const [asked, setAsked] = useState<{ wish: Guards; change: Partial<Guards>; from: Partial<Guards> }>()
  const [challenge, setChallenge] = useState(guards.challenge)
  const [bits, setBits] = useState(String(strengthOf(guards.challengeBits)))
  const change = useMutation(
    api.operator.guardLine.mutationOptions({
      onSuccess: () => {
        if (asked !== undefined) form.noteSent(asked.wish)
        setAsked(undefined)
        toast.success(m.done())
      },
      onSettled: () => queries.invalidateQueries(api.operator.pathFilter()),
    }),
  )
  const kinds = [
    { value: 'off', name: m.guards_off() },
    { value: 'work', name: m.guards_work() },
    ...(props.hasProvider ? [{ value: 'provider', name: m.guards_provider() } as const] : []),
  ] as const
  const ask = (most: string): void => {
    // a strength that no button has stays until another button is pressed
    const isSameStrength = Number(bits) === strengthOf(guards.challengeBits)
    const wish = {
      challenge,
      challengeBits: isSameStrength ? guards.challengeBits : Number(bits),
      mostPerAddress: most === '' ? null : Number(most),
    }
    change.reset()
    setAsked({ wish, ...changeFrom(wish, { ...form, shown }) })
  }
  return (
    <form
      className="mt-4 grid gap-4"
      onInput={form.noteTyping}
      onSubmit={(event) => {
        event.preventDefault()
        ask(readForm(event.currentTarget)('most').trim())
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
      <Button type="submit" tone="outline">
        {m.apply()}
      </Button>
      <ConfirmDialog
        open={asked !== undefined}
        onOpenChange={() => setAsked(undefined)}
        title={m.guards_confirm_title()}
        description={asked === undefined ? '' : tellGuards(asked.wish)}
        confirm={m.apply()}
        tone="lamp"
        busy={change.isPending}
        failure={tellChangeFailure(change.error)}
        onConfirm={() => {
          if (asked !== undefined) change.mutate({ concertId, ...asked.change, from: asked.from })
        }}
      />
    </form>
  )
}

/** What newcomers meet from then on. */
function tellGuards({ challenge, mostPerAddress }: Guards): string {
  const crowd =
    mostPerAddress === null
      ? m.guards_confirm_any_address()
      : m.guards_confirm_address({ count: tellCount(mostPerAddress) })
  return `${challenges[challenge]()} ${crowd}`
}

const challenges: Record<ChallengeKind, () => string> = {
  off: m.guards_confirm_off,
  work: m.guards_confirm_work,
  provider: m.guards_confirm_provider,
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
