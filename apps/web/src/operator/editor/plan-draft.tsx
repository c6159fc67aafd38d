import type { SeatPlanPreview } from '@greenroom/contract'
import { decodeSeatGeometry } from '@greenroom/contract/plain'
import { useMemo } from 'react'
import { Button } from '../../design/button.tsx'
import { m } from '../../paraglide/messages.js'
import { tellCategoryName } from '../../text/categories.ts'
import { tellCount } from '../../text/money.ts'
import { PlanMap } from './plan-map.tsx'

/** A plan that was looked at and is not kept yet. */
export function PlanDraft({ preview, onKeep }: { preview: SeatPlanPreview; onKeep: () => void }) {
  const geometry = useMemo(
    () => decodeSeatGeometry(Uint8Array.from(atob(preview.geometry), (char) => char.charCodeAt(0))),
    [preview.geometry],
  )
  return (
    <section aria-label={m.editor_plan_preview()} className="mt-6">
      <h3 className="text-base">{preview.name}</h3>
      <p className="mt-1 text-sm text-soft">
        {m.editor_plan_seats({ count: tellCount(preview.seatCount) })} ·{' '}
        {preview.categories
          .map(
            ({ name, seatCount }) => `${tellCategoryName(name, preview.categories)} ${tellCount(seatCount)}`,
          )
          .join(', ')}
      </p>
      <div className="mt-3 h-120">
        <PlanMap geometry={geometry} categories={preview.categories} />
      </div>
      <Button className="mt-4" onClick={onKeep}>
        {m.editor_plan_keep()}
      </Button>
    </section>
  )
}
