import type { AccountId, AuditEntry } from '@greenroom/contract'
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
import { type AccountModel, accountModel } from './accounts-store.ts'

class AuditModel extends Model<InferAttributes<AuditModel>, InferCreationAttributes<AuditModel>> {
  declare id: CreationOptional<number>
  declare actorId: AccountId
  declare action: string
  declare target: string
  declare before: unknown
  declare after: unknown
  declare createdAt: CreationOptional<Date>
  declare actor?: NonAttribute<AccountModel>
}

const auditModel = defineModel<AuditModel>((sequelize) => {
  class AuditEntries extends AuditModel {}
  const model = AuditEntries.init(
    {
      id: { type: DataTypes.BIGINT, primaryKey: true, autoIncrement: true },
      actorId: { type: DataTypes.BIGINT, allowNull: false },
      action: { type: DataTypes.TEXT, allowNull: false },
      target: { type: DataTypes.TEXT, allowNull: false },
      before: { type: DataTypes.JSONB },
      after: { type: DataTypes.JSONB },
      createdAt: { type: DataTypes.DATE, allowNull: false },
    },
    { sequelize, modelName: 'AuditEntry', tableName: 'audit_entries' },
  )
  model.belongsTo(accountModel({ sequelize }), { as: 'actor', foreignKey: 'actorId' })
  return model
})

export type NewAuditEntry = {
  actorId: AccountId
  /** What was done, as `noun.verb`: `line.steer`, `ticket.admit`. */
  action: string
  /** To what: `concert 12`. */
  target: string
  before?: unknown
  after?: unknown
}

export async function insertAuditEntry(
  connection: Database['pool'] | Tx,
  entry: NewAuditEntry,
): Promise<void> {
  await connection.query({
    name: 'insert-audit-entry',
    text: 'insert into audit_entries (actor_id, action, target, before, after) values ($1, $2, $3, $4, $5)',
    values: [entry.actorId, entry.action, entry.target, toJson(entry.before), toJson(entry.after)],
  })
}

/** The newest `limit` entries, newest first. */
export async function findAuditEntries(db: Database, limit: number): Promise<AuditEntry[]> {
  const entries = await auditModel(db).findAll({
    include: [{ model: accountModel(db), as: 'actor', required: true }],
    order: [['id', 'DESC']],
    limit,
  })
  return entries.map((entry) => ({
    auditId: entry.id,
    actorEmail: entry.actor?.email ?? '',
    action: entry.action,
    target: entry.target,
    before: entry.before,
    after: entry.after,
    atMs: entry.createdAt.getTime(),
  }))
}

function toJson(value: unknown): string | null {
  return value === undefined ? null : JSON.stringify(value)
}
