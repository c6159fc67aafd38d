import type { CategoryStock, ConcertId, SeatId, SeatPlanId, ShowId } from '@greenroom/contract'
import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  Model,
  type NonAttribute,
} from 'sequelize'
import type { Database, Tx } from '../platform/database.ts'
import { defineModel } from '../platform/define-model.ts'
import { type SeatPlanModel, seatPlanModel } from './seat-plan-store.ts'

export class ShowModel extends Model<InferAttributes<ShowModel>, InferCreationAttributes<ShowModel>> {
  declare id: CreationOptional<ShowId>
  declare concertId: ConcertId
  declare seatPlanId: SeatPlanId
  declare startsAt: Date
  declare firstSeatId: SeatId
  declare seatCount: number
  /** The invariant that was found broken here; null while the show may sell. */
  declare stoppedBy: string | null
  /** It does not take place; null while it does. */
  declare cancelledAt: Date | null
  declare seatPlan?: NonAttribute<SeatPlanModel>
}

export const showModel = defineModel<ShowModel>((sequelize) => {
  class Shows extends ShowModel {}
  const model = Shows.init(
    {
      id: { type: DataTypes.BIGINT, primaryKey: true, autoIncrement: true },
      concertId: { type: DataTypes.BIGINT, allowNull: false },
      seatPlanId: { type: DataTypes.BIGINT, allowNull: false },
      startsAt: { type: DataTypes.DATE, allowNull: false },
      firstSeatId: { type: DataTypes.BIGINT, allowNull: false },
      seatCount: { type: DataTypes.INTEGER, allowNull: false },
      stoppedBy: { type: DataTypes.TEXT },
      cancelledAt: { type: DataTypes.DATE },
    },
    { sequelize, modelName: 'Show', tableName: 'shows' },
  )
  model.belongsTo(seatPlanModel({ sequelize }), { as: 'seatPlan', foreignKey: 'seatPlanId' })
  return model
})

/** "seats" in hex: who hands out a range of seat ids holds it to the end of the transaction. */
const seatRangeLock = 0x7365617473

/** The range of seat ids follows the last one given out, also when that show is removed by now. */
export async function insertShow(
  tx: Tx,
  show: { concertId: ConcertId; seatPlanId: SeatPlanId; startsAtMs: number },
): Promise<ShowId> {
  await tx.query('select pg_advisory_xact_lock($1)', [seatRangeLock])
  const { rows } = await tx.query<{ id: ShowId }>(
    `insert into shows (concert_id, seat_plan_id, starts_at, first_seat_id, seat_count)
     select $1, id, to_timestamp($3::float8 / 1000),
            greatest((select coalesce(max(first_seat_id + seat_count), 1) from shows),
                     (select max(first_seat_id + seat_count) from removed_shows)), seat_count
     from seat_plans where id = $2
     returning id`,
    [show.concertId, show.seatPlanId, show.startsAtMs],
  )
  const [row] = rows
  if (row === undefined) throw new Error(`there is no seat plan ${show.seatPlanId}`)
  return row.id
}

/** One statement inside Postgres, whatever the size: no seat travels to this process and back. */
export async function insertSeats(tx: Tx, showId: ShowId): Promise<number> {
  const { rowCount } = await tx.query(
    `insert into seats (id, show_id, ordinal, section, row_label, number, category_code, price_minor)
     select shows.first_seat_id + plan.ordinal, shows.id, plan.ordinal, plan.section, plan.row_label, plan.number,
            plan.category_code, prices.price_minor
     from shows
     join seat_plan_seats plan on plan.seat_plan_id = shows.seat_plan_id
     join prices on prices.concert_id = shows.concert_id and prices.category_code = plan.category_code
     where shows.id = $1
     order by plan.ordinal`,
    [showId],
  )
  return rowCount ?? 0
}

export async function findShow(db: Database, showId: ShowId): Promise<ShowModel | null> {
  return await showModel(db).findByPk(showId, { include: [{ association: 'seatPlan', required: true }] })
}

/** Which show has the seat; ids of shows' seats are unbroken ranges that never overlap. */
export async function findShowOfSeat(db: Database, seatId: SeatId): Promise<SeatPlace | undefined> {
  const { rows } = await db.pool.query<SeatPlace>({
    name: 'find-show-of-seat',
    text: `select $1::bigint as "seatId", $1::bigint - first_seat_id + 1 as "seatNo", id as "showId",
                  concert_id as "concertId"
           from shows where int8range(first_seat_id, first_seat_id + seat_count) @> $1::bigint`,
    values: [seatId],
  })
  return rows[0]
}

/** `seatNo` counts the show's seats from 1. */
export type SeatPlace = { seatId: SeatId; seatNo: number; showId: ShowId; concertId: ConcertId }

/** A date of a concert that may still be had. */
export type FreeShow = { showId: ShowId; startsAtMs: number }

/** The shows of a concert that have not begun and have a seat that nobody holds or owns, in the order of their dates. */
export async function findFreeShows(db: Database, concertId: ConcertId): Promise<FreeShow[]> {
  const { rows } = await db.pool.query<FreeShow>({
    name: 'find-free-shows',
    text: `
      select id as "showId", floor(extract(epoch from starts_at) * 1000)::float8 as "startsAtMs"
      from shows
      where concert_id = $1 and starts_at > now() and exists (
        select from seats
        where show_id = shows.id and (status = 'available' or (status = 'held' and held_until <= now())))
      order by starts_at, id`,
    values: [concertId],
  })
  return rows
}

/** A held seat whose time is over counts as available: nobody has to clean up first. */
export async function countStock(db: Database, showId: ShowId): Promise<ShowStock> {
  const { rows } = await db.pool.query<ShowStock>({
    name: 'count-stock',
    text: `
      select coalesce(json_agg(json_build_object('code', code, 'total', total, 'available', available) order by code),
                      '[]') as stock,
             floor(extract(epoch from now()) * 1000)::bigint as "asOfMs"
      from (
        select category_code as code, count(*) as total,
               count(*) filter (where status = 'available' or (status = 'held' and held_until <= now())) as available
        from seats where show_id = $1 group by category_code
      ) counted`,
    values: [showId],
  })
  const [row] = rows
  if (row === undefined) throw new Error('an aggregate answered no row')
  return row
}

export type ShowStock = { stock: CategoryStock[]; asOfMs: number }
