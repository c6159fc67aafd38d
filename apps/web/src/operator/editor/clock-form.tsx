import type { EditorConcertPage } from '@greenroom/contract'
import { useMutation } from '@tanstack/react-query'
import { api } from '../../data/api.ts'
import { Button } from '../../design/button.tsx'
import { Panel } from '../../design/panel.tsx'
import { m } from '../../paraglide/messages.js'
import { ChangedElsewhere } from '../changed-elsewhere.tsx'
import { changeFrom } from '../changed-parts.ts'
import { useFormBase } from '../use-form-base.ts'
import { ClockFields, readClockFields } from './clock-fields.tsx'
import { useConfirmed } from './confirmed.tsx'

/** When the line opens and closes. Fans see it within a second. */
export function ClockForm({ concert }: { concert: EditorConcertPage }) {
  const { concertId, timeZone, line } = concert
  const { ask, faultOf, dialog } = useConfirmed()
  const { mode, lobbyOpensAtMs, opensAtMs, closesAtMs } = line
  const shown = { mode, lobbyOpensAtMs, opensAtMs, closesAtMs }
  const form = useFormBase(shown)
  const clock = { ...line, ...form.filled }
  const reschedule = useMutation(api.editor.rescheduleLine.mutationOptions())
  return (
    <Panel className="p-6">
      <h2 className="text-lg">{m.editor_clock()}</h2>
      <form
        // anew with the clock that its fields are by, too
        key={`${form.formKey} ${timeZone}`}
        className="mt-4 grid gap-4"
        onInput={form.noteTyping}
        onSubmit={(event) => {
          event.preventDefault()
          const { opensAtMs: opens, ...times } = readClockFields(event.currentTarget, timeZone, clock)
          // a sale opens at some time: the field cannot be sent empty
          const wish = { ...times, opensAtMs: opens ?? form.filled.opensAtMs }
          const { change, from } = changeFrom(wish, { ...form, shown })
          ask({
            about: m.editor_clock_text(),
            run: async () => {
              await reschedule.mutateAsync({ concertId, ...change, from })
              form.noteSent(wish)
            },
          })
        }}
      >
        <ClockFields clock={clock} timeZone={timeZone} faultOf={faultOf} />
        <ChangedElsewhere isShown={form.isChangedElsewhere} onTake={form.takeShown} />
        <Button type="submit">{m.save()}</Button>
      </form>
      {dialog}
    </Panel>
  )
}
