import type { AccountId, AuditEntry, AuditInput, PartnerKeyId } from '@greenroom/contract'
import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  literal,
  Model,
  type NonAttribute,
  Op,
} from 'sequelize'
import type { Database, Tx } from '../platform/database.ts'
import { defineModel } from '../platform/define-model.ts'
import { type AccountModel, accountModel } from './accounts-store.ts'

class AuditModel extends Model<InferAttributes<AuditModel>, InferCreationAttributes<AuditModel>> {
  declare id: CreationOptional<number>
  declare actorId: AccountId
  declare partnerKeyId: PartnerKeyId | null
  declare partnerName: NonAttribute<string | null>
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
      partnerKeyId: { type: DataTypes.BIGINT },
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
  /** The partner who acts for the actor. */
  partnerKeyId?: PartnerKeyId
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
    text: `insert into audit_entries (actor_id, partner_key_id, action, target, before, after)
           values ($1, $2, $3, $4, $5, $6)`,
    values: [
      entry.actorId,
      entry.partnerKeyId ?? null,
      entry.action,
      entry.target,
      toJson(entry.before),
      toJson(entry.after),
    ],
  })
}

const partnerName = '(select name from partner_keys where partner_keys.id = "AuditEntry"."partner_key_id")'
const whereBy = {
  operators: { partnerKeyId: null },
  partners: { partnerKeyId: { [Op.ne]: null } },
}

/** The newest `limit` entries, newest first. */
export async function findAuditEntries(
  db: Database,
  { by, limit }: { by?: NonNullable<AuditInput>['by']; limit: number },
): Promise<AuditEntry[]> {
  const entries = await auditModel(db).findAll({
    ...(by === undefined ? {} : { where: whereBy[by] }),
    attributes: { include: [[literal(partnerName), 'partnerName']] },
    include: [{ model: accountModel(db), as: 'actor', required: true }],
    order: [['id', 'DESC']],
    limit,
  })
  return entries.map((entry) => ({
    auditId: entry.id,
    actorEmail: entry.actor?.email ?? '',
    partnerName: entry.get('partnerName'),
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
