import type { EditorConcertPage } from '@greenroom/contract'
import { useMutation } from '@tanstack/react-query'
import { api } from '../../data/api.ts'
import { Button } from '../../design/button.tsx'
import { Panel } from '../../design/panel.tsx'
import { m } from '../../paraglide/messages.js'
import { changedParts } from './changed-parts.ts'
import { ClockFields, readClockFields } from './clock-fields.tsx'
import { useConfirmed } from './confirmed.tsx'

/** When the line opens and closes. Fans see it within a second. */
export function ClockForm({ concert }: { concert: EditorConcertPage }) {
  const { concertId, timeZone, line } = concert
  const { ask, faultOf, dialog } = useConfirmed()
  const reschedule = useMutation(api.editor.rescheduleLine.mutationOptions())
  return (
    <Panel className="p-6">
      <h2 className="text-lg">{m.editor_clock()}</h2>
      <form
        // anew when what holds is new
        key={JSON.stringify(line)}
        className="mt-4 grid gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          const { mode, lobbyOpensAtMs, opensAtMs, closesAtMs } = line
          const before = { mode, lobbyOpensAtMs, opensAtMs, closesAtMs }
          const { opensAtMs: opening, ...change } = changedParts(
            readClockFields(event.currentTarget, timeZone, line),
            before,
          )
          const opens = typeof opening === 'number' ? { opensAtMs: opening } : {}
          ask({
            about: m.editor_clock_text(),
            run: () => reschedule.mutateAsync({ concertId, ...change, ...opens }),
          })
        }}
      >
        <ClockFields clock={line} timeZone={timeZone} faultOf={faultOf} />
        <Button type="submit">{m.save()}</Button>
      </form>
      {dialog}
    </Panel>
  )
}
