import type { AccountId, SeatPlanPreview } from '@greenroom/contract'
import { recordAudit } from '../accounts/index.ts'
import { addSeatPlan, type ImportedPlan, layOutDocument } from '../catalogue/index.ts'
import { inTransaction } from '../platform/database.ts'
import type { Deps } from '../platform/deps.ts'

export type PlanFile = { document: unknown; name?: string; roundAreaSizes?: boolean }

/**
 * `importSeatPlan` by an operator, audited in the same transaction when the plan is new. The same plan again is answered with
 * the one that is there. Refuses with SEAT_PLAN_INVALID.
 */
export async function keepSeatPlan(
  deps: Deps,
  { operatorId, document, ...options }: PlanFile & { operatorId: AccountId },
): Promise<ImportedPlan> {
  return await inTransaction(deps.db, async (tx) => {
    const plan = await addSeatPlan(tx, document, options)
    if (plan.isNew) {
      const { seatPlanId, name, seatCount, geometryHash } = plan
      const after = { name, seatCount, geometryHash }
      const target = `seat plan ${seatPlanId}`
      await recordAudit(deps, { actorId: operatorId, action: 'seatPlan.keep', target, after }, tx)
    }
    return plan
  })
}

/** What `keepSeatPlan` would keep, to be looked at: nothing is written. Refuses like it. */
export function previewSeatPlan({ document, ...options }: PlanFile): SeatPlanPreview {
  const { geometry, bytes } = layOutDocument(document, options)
  const counts = new Map<number, number>()
  for (const code of geometry.categoryCode) counts.set(code, (counts.get(code) ?? 0) + 1)
  return {
    name: geometry.name,
    seatCount: geometry.seatCount,
    sectionNames: geometry.sections.map((section) => section.name),
    categories: geometry.categories.map(({ name, color }, code) => ({
      code,
      name,
      color,
      seatCount: counts.get(code) ?? 0,
    })),
    geometry: Buffer.from(bytes).toString('base64'),
  }
}
