import type { EditorPlan } from '@greenroom/contract'
import type { ComponentProps } from 'react'
import { fieldLook } from '../../design/field-look.ts'
import { m } from '../../paraglide/messages.js'
import { tellCount } from '../../text/money.ts'

/** One of the seat plans, each with its size. */
export function PlanSelect({
  plans,
  ...control
}: { plans: readonly EditorPlan[] | undefined } & Omit<ComponentProps<'select'>, 'className'>) {
  return (
    <label className="block">
      <span className="mb-1.5 block text-sm font-semibold">{m.editor_plan()}</span>
      <select {...control} className={fieldLook}>
        {plans?.map(({ seatPlanId, name, seatCount }) => (
          <option key={seatPlanId} value={seatPlanId}>
            {name} ({m.editor_plan_seats({ count: tellCount(seatCount) })})
          </option>
        ))}
      </select>
    </label>
  )
}
