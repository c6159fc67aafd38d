import type { AccountId, Balance, Currency, StatementLine } from '@greenroom/contract'
import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  Model,
  Op,
} from 'sequelize'
import type { Database } from '../platform/database.ts'
import { defineModel } from '../platform/define-model.ts'

class WalletModel extends Model<InferAttributes<WalletModel>, InferCreationAttributes<WalletModel>> {
  declare id: CreationOptional<number>
  declare accountId: AccountId
  declare currency: Currency
  declare balanceMinor: number
}

class TransferModel extends Model<InferAttributes<TransferModel>, InferCreationAttributes<TransferModel>> {
  declare id: CreationOptional<number>
  declare kind: StatementLine['kind']
  declare debitWalletId: number
  declare creditWalletId: number
  declare amountMinor: number
  declare fanBalanceAfterMinor: number
  declare reservationId: number | null
  declare createdAt: CreationOptional<Date>
}

const walletModel = defineModel<WalletModel>((sequelize) => {
  class Wallets extends WalletModel {}
  return Wallets.init(
    {
      id: { type: DataTypes.BIGINT, primaryKey: true, autoIncrement: true },
      accountId: { type: DataTypes.BIGINT },
      currency: { type: DataTypes.TEXT, allowNull: false },
      balanceMinor: { type: DataTypes.BIGINT },
    },
    { sequelize, modelName: 'Wallet', tableName: 'wallets' },
  )
})

const transferModel = defineModel<TransferModel>((sequelize) => {
  class Transfers extends TransferModel {}
  return Transfers.init(
    {
      id: { type: DataTypes.BIGINT, primaryKey: true, autoIncrement: true },
      kind: { type: DataTypes.TEXT, allowNull: false },
      debitWalletId: { type: DataTypes.BIGINT, allowNull: false },
      creditWalletId: { type: DataTypes.BIGINT, allowNull: false },
      amountMinor: { type: DataTypes.BIGINT, allowNull: false },
      fanBalanceAfterMinor: { type: DataTypes.BIGINT, allowNull: false },
      reservationId: { type: DataTypes.BIGINT },
      createdAt: { type: DataTypes.DATE, allowNull: false },
    },
    { sequelize, modelName: 'Transfer', tableName: 'transfers' },
  )
})

export async function findFanWallet(
  db: Database,
  fanId: AccountId,
): Promise<(Balance & { walletId: number }) | undefined> {
  const found = await walletModel(db).findOne({ where: { accountId: fanId } })
  if (found === null) return undefined
  return { walletId: found.id, balanceMinor: found.balanceMinor, currency: found.currency }
}

/** The wallet's newest `limit` transfers below `beforeId`, newest first, as the wallet's owner sees them. */
export async function findStatementLines(
  db: Database,
  walletId: number,
  page: { beforeId: number | undefined; limit: number },
): Promise<StatementLine[]> {
  const found = await transferModel(db).findAll({
    where: {
      [Op.or]: [{ debitWalletId: walletId }, { creditWalletId: walletId }],
      ...(page.beforeId === undefined ? {} : { id: { [Op.lt]: page.beforeId } }),
    },
    order: [['id', 'DESC']],
    limit: page.limit,
  })
  return found.map((line) => ({
    transferId: line.id,
    kind: line.kind,
    changeMinor: line.creditWalletId === walletId ? line.amountMinor : -line.amountMinor,
    balanceAfterMinor: line.fanBalanceAfterMinor,
    reservationId: line.reservationId,
    atMs: line.createdAt.getTime(),
  }))
}
