import { mutantsOf } from './mutant.ts'

const wallet = 'wallet.int.test.ts'
const ledger = 'packages/core/src/migrations/0004-ledger.sql'

export const walletMutants = mutantsOf('packages/core/src/wallet', [
  {
    name: 'wallet-not-negative',
    guard: 'a fan owes money',
    file: ledger,
    without: { 'constraint wallet_not_negative check (balance_minor >= 0)': '' },
    drop: 'alter table wallets drop constraint wallet_not_negative',
    test: {
      file: wallet,
      name: 'a wallet is never negative: the constraint holds where the statement forgets',
    },
  },
  {
    name: 'wallet-limit',
    guard: 'charges at the same moment lift a balance above the limit',
    file: 'wallet-store.ts',
    without: { 'and balance_minor + $2::bigint * $3::bigint between 0 and $4::bigint': 'and $4::bigint > 0' },
    test: {
      file: wallet,
      name: 'charges that race for the last room under the limit: exactly those that fit are accepted',
    },
  },
  {
    name: 'transfer-is-positive',
    guard: 'a transfer of less than nothing moves money the other way',
    file: ledger,
    without: { 'amount_minor bigint not null check (amount_minor > 0)': '' },
    drop: 'alter table transfers drop constraint transfers_amount_minor_check',
    test: { file: wallet, name: 'no amount of nothing or less ever moves' },
  },
  {
    name: 'transfer-once-a-reservation',
    guard: 'a reservation is paid or refunded twice',
    file: ledger,
    without: {
      'create unique index transfers_reservation_key on transfers (kind, reservation_id) where reservation_id is not null;':
        '',
    },
    drop: 'drop index transfers_reservation_key',
    test: {
      file: 'packages/core/src/payments/refund.int.test.ts',
      name: 'a reservation has one payment and one refund in the ledger, whatever a command forgets',
    },
  },
  {
    name: 'ledger-is-insert-only',
    guard: 'the product rewrites what happened to money',
    file: 'packages/core/src/migrations/0006-app-role.sql',
    without: { 'revoke update on transfers, payments, spent_passes, audit_entries from greenroom_app;': '' },
    drop: 'grant update on transfers to greenroom_app',
    test: {
      file: 'packages/core/src/platform/migrate.int.test.ts',
      name: "the app's role removes nothing but what was published and old checks, and changes no ledger row",
    },
  },
  {
    name: 'key-has-one-effect',
    guard: 'a repeated charge counts twice',
    file: 'idempotency-store.ts',
    without: { 'return rowCount === 1': 'return rowCount !== null' },
    test: {
      file: wallet,
      name: 'a charge repeated with its key has one effect and one reply, also 20 at once',
    },
  },
  {
    name: 'key-names-its-body',
    guard: 'another wish with a used key is answered with the reply of the first',
    file: 'idempotency.ts',
    without: { 'first.command !== attempt.command || first.bodyHash !== bodyHashOf(attempt)': 'false' },
    test: {
      file: wallet,
      name: 'a used key with another body or another command is refused, and changes nothing',
    },
  },
  {
    name: 'key-is-the-fans-own',
    guard: "two fans' equal keys meet",
    file: 'idempotency-store.ts',
    without: {
      'from idempotency_keys where fan_id = $1 and key = $2':
        'from idempotency_keys where $1 > 0 and key = $2',
    },
    fails: 'DomainError: IDEMPOTENCY_KEY_REUSED',
    test: {
      file: 'packages/core/src/reservations/hold-with-key.int.test.ts',
      name: 'of another fan is another key',
    },
  },
  {
    name: 'statement-is-the-fans-own',
    guard: "a fan reads another's transfers",
    file: 'statement-store.ts',
    without: {
      '[Op.or]: [{ debitWalletId: walletId }, { creditWalletId: walletId }],':
        '[Op.or]: [{ debitWalletId: { [Op.gt]: 0 } }, { creditWalletId: walletId }],',
    },
    test: { file: wallet, name: "a fan's statement holds that fan's lines alone" },
  },
])
