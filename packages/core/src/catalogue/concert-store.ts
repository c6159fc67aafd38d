import type { ConcertId, Currency, LocalizedText } from '@greenroom/contract'
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
import { type ShowModel, showModel } from './show-store.ts'

class PriceModel extends Model<InferAttributes<PriceModel>, InferCreationAttributes<PriceModel>> {
  declare concertId: ConcertId
  declare categoryCode: number
  declare categoryName: string
  declare color: string
  declare priceMinor: number
}

const priceModel = defineModel<PriceModel>((sequelize) => {
  class Prices extends PriceModel {}
  return Prices.init(
    {
      concertId: { type: DataTypes.BIGINT, primaryKey: true },
      categoryCode: { type: DataTypes.INTEGER, primaryKey: true },
      categoryName: { type: DataTypes.TEXT, allowNull: false },
      color: { type: DataTypes.TEXT, allowNull: false },
      priceMinor: { type: DataTypes.BIGINT, allowNull: false },
    },
    { sequelize, modelName: 'Price', tableName: 'prices' },
  )
})

export class ConcertModel extends Model<
  InferAttributes<ConcertModel>,
  InferCreationAttributes<ConcertModel>
> {
  declare id: CreationOptional<ConcertId>
  declare title: LocalizedText
  declare artist: string
  declare about: LocalizedText
  declare venue: LocalizedText
  declare timeZone: string
  declare currency: Currency
  declare accentColor: string
  declare seatsPerFan: number
  declare holdTtlMs: number
  declare prices?: NonAttribute<PriceModel[]>
  declare shows?: NonAttribute<ShowModel[]>
}

const concertModel = defineModel<ConcertModel>((sequelize) => {
  class Concerts extends ConcertModel {}
  const model = Concerts.init(
    {
      id: { type: DataTypes.BIGINT, primaryKey: true, autoIncrement: true },
      title: { type: DataTypes.JSONB, allowNull: false },
      artist: { type: DataTypes.TEXT, allowNull: false },
      about: { type: DataTypes.JSONB, allowNull: false },
      venue: { type: DataTypes.JSONB, allowNull: false },
      timeZone: { type: DataTypes.TEXT, allowNull: false },
      currency: { type: DataTypes.TEXT, allowNull: false },
      accentColor: { type: DataTypes.TEXT, allowNull: false },
      seatsPerFan: { type: DataTypes.INTEGER, allowNull: false },
      holdTtlMs: { type: DataTypes.INTEGER, allowNull: false },
    },
    { sequelize, modelName: 'Concert', tableName: 'concerts' },
  )
  model.hasMany(priceModel({ sequelize }), { as: 'prices', foreignKey: 'concertId' })
  model.hasMany(showModel({ sequelize }), { as: 'shows', foreignKey: 'concertId' })
  return model
})

/** Concerts with at least one show, prices and shows with them; all, or one. */
export async function findConcerts(db: Database, concertId?: ConcertId): Promise<ConcertModel[]> {
  return await concertModel(db).findAll({
    ...(concertId === undefined ? {} : { where: { id: concertId } }),
    include: [
      { association: 'prices', required: true },
      { association: 'shows', required: true, include: [{ association: 'seatPlan', required: true }] },
    ],
    order: [
      ['id', 'asc'],
      ['prices', 'categoryCode', 'asc'],
      ['shows', 'startsAt', 'asc'],
    ],
  })
}

export type NewConcert = {
  title: LocalizedText
  artist: string
  about: LocalizedText
  venue: LocalizedText
  timeZone: string
  currency: Currency
  accentColor: string
  seatsPerFan: number
  holdTtlMs: number
  /** The hard maximum life of a hold, however often it is renewed. */
  holdMaxLifeMs: number
}

export async function insertConcert(tx: Tx, concert: NewConcert): Promise<ConcertId> {
  const { rows } = await tx.query<{ id: ConcertId }>(
    `insert into concerts (title, artist, about, venue, time_zone, currency, accent_color, seats_per_fan, hold_ttl_ms,
                           hold_max_life_ms)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) returning id`,
    [
      JSON.stringify(concert.title),
      concert.artist,
      JSON.stringify(concert.about),
      JSON.stringify(concert.venue),
      concert.timeZone,
      concert.currency,
      concert.accentColor,
      concert.seatsPerFan,
      concert.holdTtlMs,
      concert.holdMaxLifeMs,
    ],
  )
  const [row] = rows
  if (row === undefined) throw new Error('no concert was inserted')
  return row.id
}

export type NewPrice = { code: number; name: string; color: string; priceMinor: number }

export async function insertPrices(tx: Tx, concertId: ConcertId, prices: NewPrice[]): Promise<void> {
  await tx.query(
    `insert into prices (concert_id, category_code, category_name, color, price_minor)
     select $1, code, name, color, price
     from unnest($2::integer[], $3::text[], $4::text[], $5::bigint[]) price (code, name, color, price)`,
    [
      concertId,
      prices.map((price) => price.code),
      prices.map((price) => price.name),
      prices.map((price) => price.color),
      prices.map((price) => price.priceMinor),
    ],
  )
}

/** What a seat of each category costs, by code. */
export async function findPrices(db: Database, concertId: ConcertId): Promise<Map<number, number>> {
  const { rows } = await db.pool.query<{ code: number; priceMinor: number }>({
    name: 'find-prices',
    text: 'select category_code as code, price_minor as "priceMinor" from prices where concert_id = $1',
    values: [concertId],
  })
  return new Map(rows.map((row) => [row.code, row.priceMinor]))
}

/** Category names by code; empty when there is no such concert. */
export async function findPricedCategories(tx: Tx, concertId: ConcertId): Promise<Map<number, string>> {
  const { rows } = await tx.query<{ code: number; name: string }>(
    'select category_code as code, category_name as name from prices where concert_id = $1',
    [concertId],
  )
  return new Map(rows.map((row) => [row.code, row.name]))
}
