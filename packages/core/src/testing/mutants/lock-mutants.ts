import { mutantsOf } from './mutant.ts'

/** Locks, and what the app's role may not do: each keeps what was decided from being changed behind it. */
/** What SQL that was injected would change, of tables whose other columns live. */
const columnsThatStay = [
  {
    name: 'roles-stay-as-given',
    guard: 'SQL that was injected makes its fan an operator',
    table: 'accounts',
  },
  { name: 'wallets-stay-as-opened', guard: 'SQL that was injected makes won of yen', table: 'wallets' },
  {
    name: 'tickets-stay-their-fans',
    guard: 'SQL that was injected gives a ticket to another',
    table: 'tickets',
  },
  {
    name: 'prices-stay-where-they-are',
    guard: 'SQL that was injected moves a price to another concert',
    table: 'prices',
  },
] as const

export const lockMutants = [
  ...mutantsOf('packages/core/src/reservations', [
    {
      name: 'hold-locks-counts',
      guard: 'a fan holds beyond the limit with two requests that both read the count',
      file: 'lock-store.ts',
      without: {
        'order by show_id, fan_id for update`': 'order by show_id, fan_id`',
      },
      test: {
        file: 'lock-store.int.test.ts',
        name: "a fan's count of seats stays as it was read until the transaction ends; another fan's does not wait",
      },
    },
    {
      name: 'end-waits-for-no-count',
      guard: 'the sweep stands still behind one fan who holds',
      file: 'end-store.ts',
      without: {
        'order by show_id, fan_id for update skip locked': 'order by show_id, fan_id for update',
      },
      fails: 'canceling statement due to lock timeout',
      test: {
        file: 'expire-holds.int.test.ts',
        name: 'the sweep waits for no count of seats that a transaction has locked, and takes no seat of its fan either',
      },
    },
    {
      name: 'end-locks-counts-first',
      guard:
        'the sweep has seats locked and waits for a count, while whoever has the count waits for the seats',
      file: 'end-store.ts',
      without: {
        'order by show_id, fan_id for update skip locked': 'order by show_id, fan_id',
      },
      fails: 'canceling statement due to lock timeout',
      test: {
        file: 'expire-holds.int.test.ts',
        name: 'the sweep waits for no count of seats that a transaction has locked, and takes no seat of its fan either',
      },
    },
  ]),
  ...mutantsOf('packages/core/src/payments', [
    {
      name: 'pay-locks-its-reservations',
      guard: 'a hold is let go between the look at it and its payment',
      file: 'sale-store.ts',
      without: {
        'where id = any($1) order by id for update`': 'where id = any($1) order by id`',
      },
      test: {
        file: 'sale-store.int.test.ts',
        name: 'what is paid or given back stays in the state in which it was found until the transaction ends',
      },
    },
  ]),
  ...mutantsOf('packages/core/src/invariants', [
    {
      name: 'resume-happens-once',
      guard: 'two operators let one sale go on, and the audit says both did',
      file: 'sale-stop-store.ts',
      without: {
        'where show_id = $1 and resumed_at is null and id = any': 'where show_id = $1 and id = any',
      },
      test: {
        file: 'stopped-sale.int.test.ts',
        name: 'of two operators who let a sale go on at the same moment one did it, and the audit names that one',
      },
    },
    {
      name: 'resume-sees-what-is-found-meanwhile',
      guard: 'a sale goes on with a fault that was found as an operator let it',
      file: 'sale-stop-store.ts',
      without: {
        ' from shows where id = $1 for no key update': ' from shows where id = $1',
      },
      test: {
        file: 'stopped-sale.int.test.ts',
        name: 'a fault that is found while an operator lets the sale go on keeps it stopped',
      },
    },
  ]),
  ...mutantsOf('packages/core/src/catalogue', [
    {
      name: 'show-seat-ranges-take-turns',
      guard: 'of two shows made at once one fails for the seats of the other',
      file: 'show-store.ts',
      without: {
        "await tx.query('select pg_advisory_xact_lock($1)', [seatRangeLock])":
          "await tx.query('select $1::bigint', [seatRangeLock])",
      },
      fails: 'shows_int8range_excl',
      test: {
        file: 'create-show.int.test.ts',
        name: 'twenty shows made at once get seat ids without overlap or gap',
      },
    },
    {
      name: 'show-once-at-a-time',
      guard: 'a concert has two shows at one instant',
      file: 'packages/core/src/migrations/0002-catalogue.sql',
      without: {
        'unique (concert_id, starts_at),': '',
      },
      drop: 'alter table shows drop constraint shows_concert_id_starts_at_key',
      test: {
        file: 'create-show.int.test.ts',
        name: 'the same instant twice is refused, also when both are made at once',
      },
    },
  ]),
  ...mutantsOf('packages/core/src/seeding', [
    {
      name: 'seeders-take-turns',
      guard: 'two processes that start at once fail over the same demo',
      file: 'seeding-store.ts',
      without: {
        "await tx.query('select pg_advisory_xact_lock($1)', [seedingLock])":
          "await tx.query('select $1::bigint', [seedingLock])",
      },
      test: {
        file: 'seeding-turns.int.test.ts',
        name: 'who begins to seed waits until whoever is seeding is done',
      },
    },
  ]),
  ...mutantsOf('packages/core/src/webhooks', [
    {
      name: 'webhook-changes-take-turns',
      guard: 'of two who change an endpoint at once one changes what the other removed',
      file: 'endpoint-store.ts',
      without: {
        'where id = $1 and removed_at is null for update': 'where id = $1 and removed_at is null',
      },
      test: {
        file: 'deliver-webhook.int.test.ts',
        name: 'an endpoint stays as it was read while it is changed, so that two who change it take turns',
      },
    },
  ]),
  ...mutantsOf('packages/core/src', [
    {
      name: 'payments-stay-as-written',
      guard: 'the product rewrites what was paid',
      file: 'migrations/0006-app-role.sql',
      without: {
        'revoke update on transfers, payments, spent_passes, audit_entries from greenroom_app;': '',
      },
      drop: 'grant update on payments to greenroom_app',
      test: {
        file: 'packages/core/src/platform/migrate.int.test.ts',
        name: "the app's role removes nothing but what was published and old checks, and changes no ledger row",
      },
    },
    {
      name: 'spent-passes-stay-as-written',
      guard: 'the product makes a spent pass good again',
      file: 'migrations/0006-app-role.sql',
      without: {
        'revoke update on transfers, payments, spent_passes, audit_entries from greenroom_app;': '',
      },
      drop: 'grant update on spent_passes to greenroom_app',
      test: {
        file: 'packages/core/src/platform/migrate.int.test.ts',
        name: "the app's role removes nothing but what was published and old checks, and changes no ledger row",
      },
    },
    {
      name: 'audit-stays-as-written',
      guard: 'the product rewrites what an operator did',
      file: 'migrations/0006-app-role.sql',
      without: {
        'revoke update on transfers, payments, spent_passes, audit_entries from greenroom_app;': '',
      },
      drop: 'grant update on audit_entries to greenroom_app',
      test: {
        file: 'packages/core/src/platform/migrate.int.test.ts',
        name: "the app's role removes nothing but what was published and old checks, and changes no ledger row",
      },
    },
    ...columnsThatStay.map(({ name, guard, table }) => ({
      name,
      guard,
      file: 'migrations/0032-columns-that-change.sql',
      without: { 'revoke update on accounts, wallets, tickets, prices from greenroom_app;': '' },
      drop: `grant update on ${table} to greenroom_app`,
      test: {
        file: 'packages/core/src/migrations/app-role.int.test.ts',
        name: 'a role, a wallet’s currency, a ticket’s fan and what a price is for are not changed',
      },
    })),
    {
      name: 'sessions-stay-as-written',
      guard: 'the product makes a session old and forgets it',
      file: 'migrations/0010-retention.sql',
      without: {
        'revoke update on sessions, idempotency_keys, invariant_checks from greenroom_app;': '',
      },
      drop: 'grant update on sessions to greenroom_app',
      test: {
        file: 'packages/core/src/retention/prune.int.test.ts',
        name: 'the app can remove nothing that is young: not itself, not by asking for more, not by making it old',
      },
    },
    {
      name: 'keys-stay-as-written',
      guard: 'the product makes a used key old and forgets what it did',
      file: 'migrations/0010-retention.sql',
      without: {
        'revoke update on sessions, idempotency_keys, invariant_checks from greenroom_app;': '',
      },
      drop: 'grant update on idempotency_keys to greenroom_app',
      test: {
        file: 'packages/core/src/retention/prune.int.test.ts',
        name: 'the app can remove nothing that is young: not itself, not by asking for more, not by making it old',
      },
    },
    {
      name: 'checks-stay-as-written',
      guard: 'the product rewrites what a check found',
      file: 'migrations/0010-retention.sql',
      without: {
        'revoke update on sessions, idempotency_keys, invariant_checks from greenroom_app;': '',
      },
      drop: 'grant update on invariant_checks to greenroom_app',
      test: {
        file: 'packages/core/src/retention/prune.int.test.ts',
        name: 'the app can remove nothing that is young: not itself, not by asking for more, not by making it old',
      },
    },
    {
      name: 'keys-are-forgotten-without-waiting',
      guard: 'who forgets old keys stands still behind one that somebody has',
      file: 'migrations/0010-retention.sql',
      without: { 'order by created_at limit least(most, 5000) for update skip locked))': '' },
      drop: "do $$ begin execute replace(pg_get_functiondef('forget_idempotency_keys'::regproc), 'for update skip locked', ''); end $$",
      fails: 'canceling statement due to lock timeout',
      test: {
        file: 'packages/core/src/retention/prune.int.test.ts',
        name: 'two workers at once forget each row once, and wait neither for each other nor for a row that somebody has',
      },
    },
    {
      name: 'young-checks-stay',
      guard: 'the product removes what a check has just found',
      file: 'migrations/0010-retention.sql',
      without: {
        'alter table invariant_checks enable row level security;': '',
      },
      drop: 'alter table invariant_checks disable row level security',
      test: {
        file: 'packages/core/src/retention/prune.int.test.ts',
        name: 'the app can remove nothing that is young: not itself, not by asking for more, not by making it old',
      },
    },
  ]),
]
