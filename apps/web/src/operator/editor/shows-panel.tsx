import type { EditorConcertPage } from '@greenroom/contract'
import { useMutation } from '@tanstack/react-query'
import { api } from '../../data/api.ts'
import { Button } from '../../design/button.tsx'
import { Notice } from '../../design/notice.tsx'
import { Panel } from '../../design/panel.tsx'
import { TextField } from '../../design/text-field.tsx'
import { m } from '../../paraglide/messages.js'
import { readForm } from '../../session/read-form.ts'
import { formatInstant } from '../../text/instants.ts'
import { useLocale } from '../../text/locale.ts'
import { useConfirmed } from './confirmed.tsx'
import { PlanSelect } from './plan-select.tsx'
import { ShowRow } from './show-row.tsx'
import { useChosenPlan } from './use-chosen-plan.ts'
import { fromField, latestField } from './zoned-field.ts'

/** The dates there are, each with what is sold of it and what may still be changed, and one more. */
export function ShowsPanel({ concert }: { concert: EditorConcertPage }) {
  const { concertId, timeZone, shows } = concert
  const locale = useLocale()
  const plan = useChosenPlan()
  const { ask, faultOf, otherFaults, dialog } = useConfirmed()
  const make = useMutation(api.editor.makeShow.mutationOptions())
  return (
    <Panel className="p-6">
      <h2 className="text-lg">{m.dates()}</h2>
      <ul className="mt-3 divide-y divide-rule/60">
        {shows.map((show) => (
          <ShowRow key={show.showId} show={show} timeZone={timeZone} />
        ))}
      </ul>
      <form
        className="mt-4 grid gap-4 border-t border-rule/60 pt-5"
        onSubmit={(event) => {
          event.preventDefault()
          const form = readForm(event.currentTarget)
          const startsAtMs = fromField(form('startsAtMs'), timeZone)
          const { chosen } = plan
          if (startsAtMs === null || chosen === undefined) return
          const at = formatInstant(startsAtMs, { locale, timeZone })
          ask({
            about: m.editor_show_text({ at, plan: chosen.name, count: chosen.seatCount }),
            run: () => make.mutateAsync({ concertId, seatPlanId: chosen.seatPlanId, startsAtMs }),
          })
        }}
      >
        <TextField
          label={m.editor_show_at()}
          name="startsAtMs"
          type="datetime-local"
          max={latestField}
          required
          hint={timeZone}
          error={faultOf('startsAtMs')}
        />
        <PlanSelect {...plan} />
        {otherFaults.map((fault) => (
          <Notice key={fault} tone="bad">
            {fault}
          </Notice>
        ))}
        <Button type="submit">{m.editor_add_show()}</Button>
      </form>
      {dialog}
    </Panel>
  )
}
