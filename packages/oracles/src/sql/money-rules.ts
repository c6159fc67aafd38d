import type { Rule } from './sql-oracle.ts'

/** The ledger, and the keys that keep a repeat from having a second effect. */
export const moneyRules: readonly Rule[] = [
  {
    name: 'balance-is-the-sum-of-transfers',
    says: 'The balance of a wallet is what came in less what went out, and never below nothing.',
    isCheap: 'whenRecent',
    find: (from) => `
      select 'wallet ' || wallets.id || ' holds ' || balance_minor || ', its transfers sum to ' || came.minor - went.minor, null::bigint
      from ${from.wallets} wallets
      cross join lateral (select coalesce(sum(amount_minor), 0) as minor from transfers where credit_wallet_id = wallets.id) came
      cross join lateral (select coalesce(sum(amount_minor), 0) as minor from transfers where debit_wallet_id = wallets.id) went
      where kind = 'fan' and (balance_minor <> came.minor - went.minor or balance_minor < 0)`,
  },
  {
    name: 'money-sums-to-zero',
    says: 'What all fans hold is what the house gave less what it got: no money is made or lost.',
    isCheap: 'never',
    find: () => `
      select 'fans hold ' || fans.minor || ', the house stands at ' || house.minor, null::bigint
      from (select coalesce(sum(balance_minor), 0) as minor from wallets where kind = 'fan') fans,
           (select coalesce(sum(case when credit.kind <> 'fan' then amount_minor else 0 end), 0) -
                   coalesce(sum(case when debit.kind <> 'fan' then amount_minor else 0 end), 0) as minor
            from transfers
            join wallets credit on credit.id = credit_wallet_id
            join wallets debit on debit.id = debit_wallet_id) house
      where fans.minor + house.minor <> 0`,
  },
  {
    name: 'transfer-goes-the-way-of-its-kind',
    says: 'Money is charged from outside, paid to the box office and refunded from it, in one currency, above nothing.',
    isCheap: 'whenRecent',
    find: (from) => `
      select 'transfer ' || transfers.id || ' (' || transfers.kind || ') went from ' || debit.kind || ' to ' || credit.kind, null::bigint
      from ${from.transfers} transfers
      join wallets debit on debit.id = debit_wallet_id
      join wallets credit on credit.id = credit_wallet_id
      where debit.currency <> credit.currency or amount_minor <= 0
         or (transfers.kind, debit.kind, credit.kind) not in
              (('charge', 'outside', 'fan'), ('payment', 'fan', 'boxOffice'), ('refund', 'boxOffice', 'fan'))`,
  },
  {
    name: 'statement-line-follows-from-the-last',
    says: 'Each line of a statement is the balance of the line before it, changed by its own amount.',
    isCheap: 'whenRecent',
    find: (from) => `
      select 'transfer ' || transfers.id || ' left ' || fan_balance_after_minor || ' after ' || coalesce(last.after, 0), null::bigint
      from ${from.transfers} transfers
      join wallets fan on fan.id in (debit_wallet_id, credit_wallet_id) and fan.kind = 'fan'
      left join lateral (
        select before.id, before.fan_balance_after_minor as after from (
          (select id, fan_balance_after_minor from transfers earlier
           where earlier.debit_wallet_id = fan.id and earlier.id < transfers.id order by debit_wallet_id, id desc limit 1)
          union all
          (select id, fan_balance_after_minor from transfers earlier
           where earlier.credit_wallet_id = fan.id and earlier.id < transfers.id order by credit_wallet_id, id desc limit 1)
        ) before order by before.id desc limit 1
      ) last on true
      where fan_balance_after_minor <> coalesce(last.after, 0)
        + case when credit_wallet_id = fan.id then amount_minor else -amount_minor end`,
  },
  {
    name: 'used-key-has-its-reply',
    says: 'An idempotency key that is there has its reply: effect, key and reply were committed together.',
    isCheap: 'whenRecent',
    find: (from) => `
      select 'key ' || key || ' of fan ' || fan_id || ' (' || command || ') has no reply', null::bigint
      from ${from.keys} keys where reply is null`,
  },
  {
    name: 'one-effect-per-key',
    says: 'What a key replied is there and belongs to its fan, and no other key replied it; a fan was charged once for each key.',
    isCheap: 'whenRecent',
    find: (from) => `
      select 'payment ' || id || ' of fan ' || fan_id || ' is the reply of ' || count || ' keys',
             (select min(show_id) from reservations where reservations.id = any(
               (select reservation_ids from payments where payments.id = repeated.id)::bigint[]))
      from (select (reply->>'paymentId')::bigint as id, fan_id, count(*) as count from ${from.keys} keys
            where command = 'pay' and reply is not null group by 1, 2 having count(*) > 1) repeated
      union all
      select 'key ' || key || ' of fan ' || fan_id || ' replied a payment that is not there: ' || (reply->>'paymentId'), null
      from ${from.keys} keys where command = 'pay' and reply is not null and not exists (
        select from payments where payments.id = (reply->>'paymentId')::bigint and payments.fan_id = keys.fan_id
          and payments.amount_minor = (reply->>'amountMinor')::bigint)
      union all
      select 'reservation ' || id || ' of fan ' || fan_id || ' was given back for ' || count || ' keys',
             (select show_id from reservations where reservations.id = repeated.id)
      from (select (reply->>'reservationId')::bigint as id, fan_id, count(*) as count from ${from.keys} keys
            where command = 'refund' and reply is not null group by 1, 2 having count(*) > 1) repeated
      union all
      select 'key ' || key || ' of fan ' || fan_id || ' replied a reservation that is not there or not as it says', null
      from ${from.keys} keys where command in ('refund', 'hold', 'holdBest') and reply is not null and not exists (
        select from reservations where reservations.id = (reply->>'reservationId')::bigint and reservations.fan_id = keys.fan_id
          and (command <> 'refund' or state = 'REFUNDED'))
      union all
      select 'fan ' || fan_id || ' has ' || count(*) || ' keys of charges, and ' || charged.count || ' charges', null
      from ${from.keys} keys join wallets on account_id = fan_id
      cross join lateral (
        select count(*) as count from transfers where credit_wallet_id = wallets.id and transfers.kind = 'charge'
      ) charged
      where command = 'charge' and reply is not null group by fan_id, charged.count having count(*) <> charged.count`,
  },
]
