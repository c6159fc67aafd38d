import type { AdmissionPace, ConcertId } from '@greenroom/contract'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { toast } from 'sonner'
import { api } from '../../data/api.ts'
import { Button } from '../../design/button.tsx'
import { ConfirmDialog } from '../../design/confirm-dialog.tsx'
import { TextField } from '../../design/text-field.tsx'
import { m } from '../../paraglide/messages.js'
import { readForm } from '../../session/read-form.ts'
import { tellFailure } from '../../text/tell-failure.ts'

type Wish = { isLoadAware: boolean; floorPerMinute: number; targetP95Ms: number }

/** Turns load-aware admission on or off and sets its floor and target, after asking once more. Audited. */
export function PaceForm({ concertId, pace }: { concertId: ConcertId; pace: AdmissionPace }) {
  const queries = useQueryClient()
  const [asked, setAsked] = useState<Wish>()
  const tune = useMutation(
    api.operator.tuneLine.mutationOptions({
      onSuccess: () => {
        setAsked(undefined)
        toast.success(m.done())
      },
      onSettled: () => queries.invalidateQueries(api.operator.pathFilter()),
    }),
  )
  return (
    <form
      // filled in anew when it was changed elsewhere, and left alone while it only runs
      key={`${pace.isOn} ${pace.floorPerMinute} ${pace.targetP95Ms}`}
      className="mt-5 grid gap-4 border-t border-rule/60 pt-5"
      onSubmit={(event) => {
        event.preventDefault()
        const form = event.currentTarget
        const field = readForm(form)
        tune.reset()
        setAsked({
          isLoadAware: new FormData(form).has('isOn'),
          floorPerMinute: Number(field('floor')),
          targetP95Ms: Number(field('target')),
        })
      }}
    >
      <label className="flex min-h-11 items-center gap-3">
        <input
          type="checkbox"
          name="isOn"
          defaultChecked={pace.isOn}
          className="size-5 shrink-0 accent-lamp"
        />
        {m.pace_turn_on()}
      </label>
      <div className="grid grid-cols-2 items-end gap-3">
        <TextField
          label={m.pace_floor_field()}
          name="floor"
          type="number"
          inputMode="numeric"
          min={1}
          max={1_000_000}
          required
          defaultValue={pace.floorPerMinute}
        />
        <TextField
          label={m.pace_target_field()}
          name="target"
          type="number"
          inputMode="numeric"
          min={10}
          max={10_000}
          required
          defaultValue={pace.targetP95Ms}
        />
      </div>
      <Button type="submit" tone="outline">
        {m.apply()}
      </Button>
      <ConfirmDialog
        open={asked !== undefined}
        onOpenChange={(open) => {
          if (!open) setAsked(undefined)
        }}
        title={m.pace_confirm_title()}
        description={asked?.isLoadAware === true ? m.pace_confirm_on() : m.pace_confirm_off()}
        confirm={m.apply()}
        tone="lamp"
        busy={tune.isPending}
        failure={tellFailure(tune.error)}
        onConfirm={() => asked !== undefined && tune.mutate({ concertId, ...asked })}
      />
    </form>
  )
}
