import type { SeatPlanId } from '@greenroom/contract'
import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  Model,
} from 'sequelize'
import type { Database, Tx } from '../platform/database.ts'
import { defineModel } from '../platform/define-model.ts'
import type { PlanLayout } from './lay-out-plan.ts'

export type PlanCategory = { name: string; color: string }

export class SeatPlanModel extends Model<
  InferAttributes<SeatPlanModel>,
  InferCreationAttributes<SeatPlanModel>
> {
  declare id: CreationOptional<SeatPlanId>
  declare name: string
  declare geometryHash: string
  declare categories: PlanCategory[]
  declare seatCount: number
  declare createdAt: CreationOptional<Date>
}

/** The geometry and the document are not among the attributes: megabytes nobody lists. */
export const seatPlanModel = defineModel<SeatPlanModel>((sequelize) => {
  class SeatPlans extends SeatPlanModel {}
  return SeatPlans.init(
    {
      id: { type: DataTypes.BIGINT, primaryKey: true, autoIncrement: true },
      name: { type: DataTypes.TEXT, allowNull: false },
      geometryHash: { type: DataTypes.TEXT, allowNull: false },
      categories: { type: DataTypes.JSONB, allowNull: false },
      seatCount: { type: DataTypes.INTEGER, allowNull: false },
      createdAt: { type: DataTypes.DATE, allowNull: false },
    },
    { sequelize, modelName: 'SeatPlan', tableName: 'seat_plans' },
  )
})

export type NewSeatPlan = {
  name: string
  geometryHash: string
  geometry: Uint8Array
  document: unknown
  categories: PlanCategory[]
  seatCount: number
}

/** `undefined` when a plan with this geometry is there already; a rival's insert of the same plan is waited for. */
export async function insertSeatPlan(tx: Tx, plan: NewSeatPlan): Promise<SeatPlanId | undefined> {
  const { rows } = await tx.query<{ id: SeatPlanId }>(
    `insert into seat_plans (name, geometry_hash, geometry, document, categories, seat_count)
     values ($1, $2, $3, $4, $5, $6) on conflict (geometry_hash) do nothing returning id`,
    [
      plan.name,
      plan.geometryHash,
      plan.geometry,
      JSON.stringify(plan.document),
      JSON.stringify(plan.categories),
      plan.seatCount,
    ],
  )
  return rows[0]?.id
}

/** Seats a statement: 90,000 take five of them. */
const batchSize = 20_000

export async function insertPlanSeats(
  tx: Tx,
  seatPlanId: SeatPlanId,
  { geometry, guids }: PlanLayout,
): Promise<void> {
  const rowLabels = Array.from(geometry.rowIndex, (index) => geometry.rows[index]?.label)
  const sections = Array.from(
    geometry.rowIndex,
    (index) => geometry.sections[geometry.rows[index]?.sectionIndex ?? -1]?.name,
  )
  for (let from = 0; from < geometry.seatCount; from += batchSize) {
    const slice = <Value>(values: ArrayLike<Value>): Value[] =>
      Array.prototype.slice.call<ArrayLike<Value>, [number, number], Value[]>(values, from, from + batchSize)
    await tx.query(
      `insert into seat_plan_seats (seat_plan_id, ordinal, guid, section, row_label, number, category_code, x, y)
       select $1, $2 + position - 1, guid, section, row_label, number, category_code, x, y
       from unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::integer[], $8::real[], $9::real[])
            with ordinality as seat (guid, section, row_label, number, category_code, x, y, position)`,
      [
        seatPlanId,
        from,
        slice(guids),
        slice(sections),
        slice(rowLabels),
        slice(geometry.seatNumber),
        slice(Array.from(geometry.categoryCode)),
        slice(Array.from(geometry.x)),
        slice(Array.from(geometry.y)),
      ],
    )
  }
}

export async function findPlanByHash(tx: Tx, geometryHash: string): Promise<SeatPlanId> {
  const { rows } = await tx.query<{ id: SeatPlanId }>('select id from seat_plans where geometry_hash = $1', [
    geometryHash,
  ])
  const [row] = rows
  if (row === undefined) throw new Error(`no seat plan has the geometry ${geometryHash}`)
  return row.id
}

export async function findPlanCategories(
  tx: Tx,
  seatPlanId: SeatPlanId,
): Promise<PlanCategory[] | undefined> {
  const { rows } = await tx.query<{ categories: PlanCategory[] }>(
    'select categories from seat_plans where id = $1',
    [seatPlanId],
  )
  return rows[0]?.categories
}

export async function findSeatPlans(db: Database, limit: number): Promise<SeatPlanModel[]> {
  const newest = await seatPlanModel(db).findAll({ order: [['id', 'desc']], limit })
  return newest.toReversed()
}

/** The category codes that seats of the plan have: a plan may list categories it does not use. */
export async function findUsedCategories(tx: Tx, seatPlanId: SeatPlanId): Promise<number[]> {
  const { rows } = await tx.query<{ code: number }>(
    'select distinct category_code as code from seat_plan_seats where seat_plan_id = $1 order by 1',
    [seatPlanId],
  )
  return rows.map((row) => row.code)
}

export async function findGeometry(db: Database, geometryHash: string): Promise<Buffer | undefined> {
  const { rows } = await db.pool.query<{ geometry: Buffer }>({
    name: 'find-geometry',
    text: 'select geometry from seat_plans where geometry_hash = $1',
    values: [geometryHash],
  })
  return rows[0]?.geometry
}
