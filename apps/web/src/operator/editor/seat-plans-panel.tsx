import { type SeatPlanPreview, venuePreset } from '@greenroom/contract'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { toast } from 'sonner'
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
import { PlanMap } from './plan-map.tsx'
import { sendSeatPlan } from './send-seat-plan.ts'
import { useConfirmed } from './confirmed.tsx'

const presets = venuePreset.options
const mostFaults = 20

/** The plans there are, one more of usual dimensions, and one more from a file, which is looked at on the map before it is kept. */
export function SeatPlansPanel() {
  const queries = useQueryClient()
  const fileId = useId()
  const plans = useQuery(api.editor.plans.queryOptions()).data
  const [file, setFile] = useState<{ text: string; preview: SeatPlanPreview }>()
  const { ask, dialog } = useConfirmed()
  const generate = useMutation(api.editor.generatePlan.mutationOptions())
  const look = useMutation({
    mutationFn: async (chosen: File) => {
      setFile(undefined)
      const text = await chosen.text()
      setFile({ text, preview: await sendSeatPlan('preview', text) })
    },
  })
  const keep = useMutation({
    mutationFn: (text: string) => sendSeatPlan('keep', text),
    onSuccess: async ({ isNew, name }) => {
      setFile(undefined)
      toast.success(isNew ? m.editor_plan_kept({ name }) : m.editor_plan_known({ name }))
      await queries.invalidateQueries(api.editor.plans.pathFilter())
    },
  })
  const refusal = refusalOf(look.error ?? keep.error)
  const faults = refusal?.code === 'SEAT_PLAN_INVALID' ? refusal.details.faults : []
  return (
    <Panel className="mt-8 p-6">
      <h2 className="text-lg">{m.editor_plans()}</h2>
      <ul className="mt-4 grid gap-2 sm:grid-cols-2">
        {plans?.map(({ seatPlanId, name, seatCount, categories }) => (
          <li key={seatPlanId} className="rounded-control border border-rule/60 px-4 py-3">
            <span className="block font-semibold">{name}</span>
            <span className="text-sm text-soft">
              {m.editor_plan_seats({ count: tellCount(seatCount) })} ·{' '}
              {categories.map((each) => each.name).join(', ')}
            </span>
          </li>
        ))}
      </ul>
      <div className="mt-6 grid gap-6 border-t border-rule/60 pt-5 sm:grid-cols-2">
        <form
          className="flex items-end gap-3"
          onSubmit={(event) => {
            event.preventDefault()
            const preset = presets.find((each) => each === new FormData(event.currentTarget).get('preset'))
            if (preset !== undefined)
              ask({
                about: m.editor_plan_generate_text({ preset }),
                run: () => generate.mutateAsync({ preset }),
              })
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
          <Button type="submit" tone="outline" className="min-h-12">
            {m.editor_plan_make()}
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
              if (chosen !== undefined) look.mutate(chosen)
            }}
          />
          <p id={`${fileId}-hint`} className="mt-1.5 text-sm text-faint">
            {m.editor_plan_file_hint()}
          </p>
        </div>
      </div>
      {(look.isError || keep.isError) && (
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
      {file !== undefined && (
        <section aria-label={m.editor_plan_preview()} className="mt-6">
          <h3 className="text-base">{file.preview.name}</h3>
          <p className="mt-1 text-sm text-soft">
            {m.editor_plan_seats({ count: tellCount(file.preview.seatCount) })} ·{' '}
            {file.preview.categories
              .map(({ name, seatCount }) => `${name} ${tellCount(seatCount)}`)
              .join(', ')}
          </p>
          <PlanMap preview={file.preview} />
          <Button className="mt-4" busy={keep.isPending} onClick={() => keep.mutate(file.text)}>
            {m.editor_plan_keep()}
          </Button>
        </section>
      )}
      {dialog}
    </Panel>
  )
}
