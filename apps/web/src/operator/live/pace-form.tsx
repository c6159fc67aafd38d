import type { AdmissionPace, ConcertId } from '@greenroom/contract'
import { Button } from '../../design/button.tsx'
import { ConfirmDialog } from '../../design/confirm-dialog.tsx'
import { TextField } from '../../design/text-field.tsx'
import { m } from '../../paraglide/messages.js'
import { readForm } from '../../session/read-form.ts'
import { ChangedElsewhere } from '../changed-elsewhere.tsx'
import { useLineTuning } from '../use-line-tuning.ts'

type Wish = { isLoadAware: boolean; floorPerMinute: number; targetP95Ms: number }

/** Turns load-aware admission on or off and sets its floor and target, after asking once more. Audited. */
export function PaceForm({ concertId, pace }: { concertId: ConcertId; pace: AdmissionPace }) {
  const { isOn, floorPerMinute, targetP95Ms } = pace
  const { form, asked, ask, question } = useLineTuning<Wish>(concertId, {
    isLoadAware: isOn,
    floorPerMinute,
    targetP95Ms,
  })
  return (
    <form
      key={form.formKey}
      className="mt-5 grid gap-4 border-t border-rule/60 pt-5"
      onInput={form.noteTyping}
      onSubmit={(event) => {
        event.preventDefault()
        const field = readForm(event.currentTarget)
        ask({
          isLoadAware: new FormData(event.currentTarget).has('isOn'),
          floorPerMinute: Number(field('floor')),
          targetP95Ms: Number(field('target')),
        })
      }}
    >
      <label className="flex min-h-11 items-center gap-3">
        <input
          type="checkbox"
          name="isOn"
          defaultChecked={form.filled.isLoadAware}
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
          defaultValue={form.filled.floorPerMinute}
        />
        <TextField
          label={m.pace_target_field()}
          name="target"
          type="number"
          inputMode="numeric"
          min={10}
          max={10_000}
          required
          defaultValue={form.filled.targetP95Ms}
        />
      </div>
      <ChangedElsewhere isShown={form.isChangedElsewhere} onTake={form.takeShown} />
      <Button type="submit" tone="outline">
        {m.apply()}
      </Button>
      <ConfirmDialog
        {...question}
        title={m.pace_confirm_title()}
        description={asked?.wish.isLoadAware === true ? m.pace_confirm_on() : m.pace_confirm_off()}
        confirm={m.apply()}
        tone="lamp"
      />
    </form>
  )
}
