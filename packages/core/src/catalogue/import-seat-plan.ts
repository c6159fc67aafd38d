import { createHash } from 'node:crypto'
import { encodeSeatGeometry, type SeatPlanId } from '@greenroom/contract'
import { inTransaction, type Tx } from '../platform/database.ts'
import type { Deps } from '../platform/deps.ts'
import { checkSeatPlan, type SeatPlanOptions } from './check-seat-plan.ts'
import { layOutPlan, type PlanLayout } from './lay-out-plan.ts'
import type { SeatPlanDocument } from './seat-plan-document.ts'
import { findPlanByHash, insertPlanSeats, insertSeatPlan } from './seat-plan-store.ts'

export type ImportedPlan = {
  seatPlanId: SeatPlanId
  name: string
  geometryHash: string
  seatCount: number
  /** In the order of their codes: category `n` has code n. */
  categories: { name: string; color: string }[]
  sectionNames: string[]
  /** False when the very same plan had been imported before; then that one is answered. */
  isNew: boolean
}

export type ImportOptions = SeatPlanOptions & { name?: string }

/**
 * Takes a pretix seating plan into the catalogue: whole or not at all. Refuses with SEAT_PLAN_INVALID, which names the path of
 * each fault. Importing the same plan again, also at the same moment, answers the plan that is there.
 */
export async function importSeatPlan(
  deps: Pick<Deps, 'db'>,
  document: unknown,
  options: ImportOptions = {},
): Promise<ImportedPlan> {
  return await inTransaction(deps.db, (tx) => addSeatPlan(tx, document, options))
}

/** `importSeatPlan` inside the caller's transaction. */
export async function addSeatPlan(
  tx: Tx,
  document: unknown,
  options: ImportOptions = {},
): Promise<ImportedPlan> {
  const { plan, layout, geometry, bytes } = layOutDocument(document, options)
  const geometryHash = createHash('sha256').update(bytes).digest('hex')
  const { name, categories, seatCount } = geometry
  const inserted = await insertSeatPlan(tx, {
    name,
    geometryHash,
    geometry: bytes,
    document: plan,
    categories,
    seatCount,
  })
  if (inserted !== undefined) await insertPlanSeats(tx, inserted, layout)
  return {
    seatPlanId: inserted ?? (await findPlanByHash(tx, geometryHash)),
    isNew: inserted !== undefined,
    name,
    geometryHash,
    seatCount,
    categories,
    sectionNames: geometry.sections.map((section) => section.name),
  }
}

/** A plan as it would be kept, with its geometry file. Refuses with SEAT_PLAN_INVALID. */
export function layOutDocument(
  document: unknown,
  options: ImportOptions = {},
): { plan: SeatPlanDocument; layout: PlanLayout; geometry: PlanLayout['geometry']; bytes: Uint8Array } {
  const checked = checkSeatPlan(document, options)
  const plan = { ...checked, name: options.name ?? checked.name }
  const layout = layOutPlan(plan)
  return { plan, layout, geometry: layout.geometry, bytes: encodeSeatGeometry(layout.geometry) }
}
