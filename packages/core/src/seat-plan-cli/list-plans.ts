import { listSeatPlans } from '../catalogue/index.ts'
import { withDatabase } from '../platform/with-database.ts'

export async function listPlans(): Promise<void> {
  const plans = await withDatabase(listSeatPlans)
  const lines = plans.map(
    ({ seatPlanId, name, seatCount, categories }) =>
      `${String(seatPlanId).padStart(4)}  ${String(seatCount).padStart(6)} seats  ${name}  (${categories.join(', ')})\n`,
  )
  process.stdout.write(lines.length === 0 ? 'no seat plans yet\n' : lines.join(''))
}
