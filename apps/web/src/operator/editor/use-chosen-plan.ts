import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../data/api.ts'

/** The seat plans and the one that is chosen of them: at first the newest. */
export function useChosenPlan() {
  const plans = useQuery(api.editor.plans.queryOptions()).data
  const [wanted, setWanted] = useState<string>()
  const chosen = plans?.find(({ seatPlanId }) => String(seatPlanId) === wanted) ?? plans?.[0]
  return { plans, chosen, onChoose: setWanted }
}
