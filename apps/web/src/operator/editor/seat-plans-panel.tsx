import { type SeatPlanPreview, type VenuePreset, venuePreset } from '@greenroom/contract'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useId } from 'react'
import { api } from '../../data/api.ts'
import { refusalOf } from '../../data/wire-error.ts'
import { Button } from '../../design/button.tsx'
import { fieldLook } from '../../design/field-look.ts'
import { Notice } from '../../design/notice.tsx'
import { Panel } from '../../design/panel.tsx'
import { m } from '../../paraglide/messages.js'
import { tellFault } from '../../text/faults.ts'
import { tellCount } from '../../text/money.ts'
import { tellRefusal } from '../../text/refusals.ts'
import { useConfirmed } from './confirmed.tsx'
import { PlanDraft } from './plan-draft.tsx'
import { PlanList } from './plan-list.tsx'
import { sendSeatPlan } from './send-seat-plan.ts'

const presets = venuePreset.options
const mostFaults = 20

type Source = { preset: VenuePreset } | { file: File }
/** What was looked at last: its preview, and what keeping it sends. */
type Draft = { preview: SeatPlanPreview; from: { preset: VenuePreset } | { text: string } }

/** The plans there are, and one more, of usual dimensions or from a file: it is looked at on the map before it is kept. */
export function SeatPlansPanel() {
  const queries = useQueryClient()
  const fileId = useId()
  const { ask, dialog } = useConfirmed()
  const generate = useMutation(api.editor.generatePlan.mutationOptions())
  const look = useMutation({
    mutationFn: async (source: Source): Promise<Draft> => {
      if ('preset' in source)
        return {
          preview: await queries.fetchQuery(api.editor.previewPlan.queryOptions(source)),
          from: source,
        }
      const text = await source.file.text()
      return { preview: await sendSeatPlan('preview', text), from: { text } }
    },
  })
  const keep = ({ preview: { name, seatCount }, from }: Draft): void =>
    ask({
      about: m.editor_plan_keep_text({ name, count: tellCount(seatCount) }),
      run: async () => {
        if ('preset' in from) await generate.mutateAsync(from)
        else await sendSeatPlan('keep', from.text)
        look.reset()
      },
    })
  const refusal = refusalOf(look.error)
  const faults = refusal?.code === 'SEAT_PLAN_INVALID' ? refusal.details.faults : []
  return (
    <Panel className="mt-8 p-6">
      <h2 className="text-lg">{m.editor_plans()}</h2>
      <PlanList />
      <div className="mt-6 grid gap-6 border-t border-rule/60 pt-5 sm:grid-cols-2">
        <form
          className="flex items-end gap-3"
          onSubmit={(event) => {
            event.preventDefault()
            const preset = presets.find((each) => each === new FormData(event.currentTarget).get('preset'))
            if (preset !== undefined) look.mutate({ preset })
          }}
        >
          <label className="min-w-0 flex-1">
            <span className="mb-1.5 block text-sm font-semibold">{m.editor_plan_generate()}</span>
            <select name="preset" className={fieldLook}>
              {presets.map((preset) => (
                <option key={preset}>{preset}</option>
              ))}
            </select>
          </label>
          <Button type="submit" tone="outline" className="min-h-12" busy={look.isPending}>
            {m.editor_plan_look()}
          </Button>
        </form>
        <div>
          <label htmlFor={fileId} className="mb-1.5 block text-sm font-semibold">
            {m.editor_plan_file()}
          </label>
          <input
            id={fileId}
            aria-describedby={`${fileId}-hint`}
            type="file"
            accept="application/json,.json"
            className={`${fieldLook} py-2.5`}
            onChange={(event) => {
              const [chosen] = event.currentTarget.files ?? []
              if (chosen !== undefined) look.mutate({ file: chosen })
            }}
          />
          <p id={`${fileId}-hint`} className="mt-1.5 text-sm text-faint">
            {m.editor_plan_file_hint()}
          </p>
        </div>
      </div>
      {look.isError && (
        <Notice tone="bad" className="mt-5">
          {tellRefusal(refusal)}
          <ul className="mt-2 list-disc pl-5 text-sm">
            {faults.slice(0, mostFaults).map((fault) => (
              <li key={`${fault.path} ${fault.message}`}>
                <code>{fault.path}</code>: {fault.reason !== undefined && `${tellFault(fault)} `}
                <span lang="en" className="text-soft">
                  {fault.message}
                </span>
              </li>
            ))}
          </ul>
        </Notice>
      )}
      {look.data !== undefined && <PlanDraft preview={look.data.preview} onKeep={() => keep(look.data)} />}
      {dialog}
    </Panel>
  )
}
