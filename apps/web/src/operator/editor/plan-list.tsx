import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../data/api.ts'
import { Button } from '../../design/button.tsx'
import { m } from '../../paraglide/messages.js'
import { tellCategoryName } from '../../text/categories.ts'
import { tellCount } from '../../text/money.ts'
import { KeptPlanMap } from './kept-plan-map.tsx'

/** The plans there are; one at a time is drawn, since a map of each of 200 would be more than a browser takes. */
export function PlanList() {
  const plans = useQuery(api.editor.plans.queryOptions()).data
  const [shown, setShown] = useState<number>()
  return (
    <ul className="mt-4 grid items-start gap-2 sm:grid-cols-2">
      {plans?.map((plan) => {
        const { seatPlanId, name, seatCount, categories } = plan
        const isShown = seatPlanId === shown
        return (
          <li key={seatPlanId} className="rounded-control border border-rule/60 px-4 py-3">
            <div className="flex items-start justify-between gap-3">
              <div className="min-w-0">
                <span className="block font-semibold break-words">{name}</span>
                <span className="text-sm text-soft">
                  {m.editor_plan_seats({ count: tellCount(seatCount) })} ·{' '}
                  {categories.map((each) => tellCategoryName(each.name, categories)).join(', ')}
                </span>
              </div>
              <Button
                size="sm"
                tone="outline"
                aria-expanded={isShown}
                aria-label={m.editor_plan_look_named({ name })}
                onClick={() => setShown(isShown ? undefined : seatPlanId)}
              >
                {m.editor_plan_look()}
              </Button>
            </div>
            {isShown && (
              <div className="mt-3">
                <KeptPlanMap plan={plan} />
              </div>
            )}
          </li>
        )
      })}
    </ul>
  )
}
