import type { EditorPlan } from '@greenroom/contract'
import { fieldLook } from '../../design/field-look.ts'
import { m } from '../../paraglide/messages.js'
import { tellCount } from '../../text/money.ts'
import { KeptPlanMap } from './kept-plan-map.tsx'

/** One of the seat plans, each with its size, and the chosen one as fans would see it. */
export function PlanSelect(props: {
  plans: readonly EditorPlan[] | undefined
  chosen: EditorPlan | undefined
  onChoose: (seatPlanId: string) => void
}) {
  const { plans, chosen, onChoose } = props
  return (
    <div className="grid gap-3">
      <label className="block">
        <span className="mb-1.5 block text-sm font-semibold">{m.editor_plan()}</span>
        <select
          required
          value={chosen?.seatPlanId ?? ''}
          onChange={(event) => onChoose(event.currentTarget.value)}
          className={fieldLook}
        >
          {plans?.map(({ seatPlanId, name, seatCount }) => (
            <option key={seatPlanId} value={seatPlanId}>
              {name} ({m.editor_plan_seats({ count: tellCount(seatCount) })})
            </option>
          ))}
        </select>
      </label>
      {chosen !== undefined && <KeptPlanMap plan={chosen} />}
    </div>
  )
}
