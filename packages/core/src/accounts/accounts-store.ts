import type { Account, AccountId, Locale, Role } from '@greenroom/contract'
import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  Model,
} from 'sequelize'
import type { Database, Tx } from '../platform/database.ts'
import { defineModel } from '../platform/define-model.ts'

class AccountModel extends Model<InferAttributes<AccountModel>, InferCreationAttributes<AccountModel>> {
  declare id: CreationOptional<AccountId>
  declare email: string
  declare name: string
  declare passwordHash: string
  declare role: Role
  declare locale: Locale
}

const accountModel = defineModel<AccountModel>((sequelize) => {
  class Accounts extends AccountModel {}
  return Accounts.init(
    {
      id: { type: DataTypes.BIGINT, primaryKey: true, autoIncrement: true },
      email: { type: DataTypes.TEXT, allowNull: false },
      name: { type: DataTypes.TEXT, allowNull: false },
      passwordHash: { type: DataTypes.TEXT, allowNull: false },
      role: { type: DataTypes.TEXT, allowNull: false },
      locale: { type: DataTypes.TEXT, allowNull: false },
    },
    { sequelize, modelName: 'Account', tableName: 'accounts' },
  )
})

type NewAccount = { email: string; name: string; passwordHash: string; role: Role; locale: Locale }

/** `undefined` when the e-mail has an account already; the transaction is usable either way. */
export async function insertAccount(tx: Tx, account: NewAccount): Promise<Account | undefined> {
  const { rows } = await tx.query<Account>({
    name: 'insert-account',
    text: `insert into accounts (email, name, password_hash, role, locale) values ($1, $2, $3, $4, $5)
           on conflict (email) do nothing
           returning id as "accountId", email, name, role, locale`,
    values: [account.email, account.name, account.passwordHash, account.role, account.locale],
  })
  return rows[0]
}

export async function findCredentials(
  db: Database,
  email: string,
): Promise<{ account: Account; passwordHash: string } | undefined> {
  const found = await accountModel(db).findOne({ where: { email } })
  return found === null ? undefined : { account: toAccount(found), passwordHash: found.passwordHash }
}

export async function findAccount(db: Database, accountId: AccountId): Promise<Account | undefined> {
  const found = await accountModel(db).findByPk(accountId)
  return found === null ? undefined : toAccount(found)
}

/** Sets what is given. `undefined` when there is no such account. */
export async function updateAccount(
  db: Database,
  accountId: AccountId,
  changes: { name?: string | undefined; locale?: Locale | undefined },
): Promise<Account | undefined> {
  const found = await accountModel(db).findByPk(accountId)
  if (found === null) return undefined
  const { name = found.name, locale = found.locale } = changes
  return toAccount(await found.update({ name, locale }))
}

export async function findPasswordHash(db: Database, accountId: AccountId): Promise<string | undefined> {
  const found = await accountModel(db).findByPk(accountId, { attributes: ['passwordHash'] })
  return found?.passwordHash
}

/** False, with nothing changed, when the hash is another one by now. The account's row stays locked. */
export async function replacePasswordHash(
  tx: Tx,
  accountId: AccountId,
  hash: { from: string; to: string },
): Promise<boolean> {
  const { rowCount } = await tx.query({
    name: 'replace-password-hash',
    text: 'update accounts set password_hash = $3 where id = $1 and password_hash = $2',
    values: [accountId, hash.from, hash.to],
  })
  return rowCount === 1
}

function toAccount({ id, email, name, role, locale }: AccountModel): Account {
  return { accountId: id, email, name, role, locale }
}
