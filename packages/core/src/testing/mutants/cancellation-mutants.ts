import { guardsOfTables } from './guards-of-tables.ts'
import { mutantsOf } from './mutant.ts'

const cancel = 'cancel-show.int.test.ts'
const goOn = 'continue-cancellation.int.test.ts'

/** What keeps a cancelled show from selling on, and its money from going back twice or not at all. */
export const cancellationMutants = [
  ...mutantsOf('packages/core/src/cancellations', [
    {
      name: 'cancel-show-once',
      guard: 'of two operators who cancel a show at once one is told of a fault of ours',
      file: 'cancellation-store.ts',
      without: { 'from shows where id = $1 for no key update': 'from shows where id = $1' },
      test: {
        file: cancel,
        name: 'it is told once, audited once with the reason, and keeps its first reason',
      },
    },
    {
      name: 'cancel-last-shows-in-turn',
      guard: 'the last two shows are cancelled at once and the line lets fans in to nothing',
      file: 'cancellation-store.ts',
      without: {
        'select from lines where concert_id = $1 for update': 'select from lines where concert_id = $1',
      },
      test: {
        file: cancel,
        name: 'the line closes when no show of the concert is left, also when the last two are cancelled at once',
      },
    },
    {
      name: 'cancel-ends-holds',
      guard: 'a fan pays for a show that does not take place',
      file: 'cancel-show.ts',
      without: { "await findHeld(tx, showId, holdsAtOnce), 'RELEASED'": "[], 'RELEASED'" },
      test: {
        file: cancel,
        name: 'a show that is cancelled sells nothing from that moment on, its holds are over, and its other dates go on',
      },
    },
    {
      name: 'cancel-closes-the-line',
      guard: 'a line goes on to a concert of which nothing takes place',
      file: 'cancel-show.ts',
      without: { 'await closeLine(deps, tx, { concertId, operatorId })': 'await Promise.resolve()' },
      test: {
        file: cancel,
        name: 'the line closes when no show of the concert is left, also when the last two are cancelled at once',
      },
    },
    {
      name: 'cancelled-is-finished-when-all-is-blocked',
      guard: 'what was being paid at that moment is never given back',
      file: 'cancellation-store.ts',
      without: { "and not exists (select from seats where show_id = $1 and status <> 'blocked')": '' },
      test: {
        file: goOn,
        name: 'a payment that was under way when the show was cancelled is given back too, and it is not finished before',
      },
    },
    {
      name: 'cancelled-shows-take-turns',
      guard: 'fifty shows that can go no further keep the money of all later ones',
      file: 'cancellation-store.ts',
      without: {
        'order by looked_at nulls first, show_id': 'order by show_id',
      },
      test: {
        file: 'sweep-cancellations.int.test.ts',
        name: 'of more shows than one sweep looks after each has its turn',
      },
    },
    {
      name: 'cancelled-one-by-one',
      guard: 'one refund that fails keeps all others from being made',
      file: 'continue-cancellation.ts',
      without: {
        'for (const reservationId of taken) await refundOne(deps, showId, reservationId)': '',
      },
      test: {
        file: goOn,
        name: 'what cannot be given back is told with its reason, is in the way of no other, and is tried again',
      },
    },
    {
      name: 'cancelled-show-is-not-resumed',
      guard: 'an operator lets a show sell again whose tickets are void',
      file: 'packages/core/src/invariants/resume-sale.ts',
      without: { 'if (before.isCancelled) throw': 'if (false) throw' },
      test: { file: cancel, name: 'no operator lets a cancelled show sell again' },
    },
    {
      name: 'cancelled-ticket-opens-nothing',
      guard: 'a ticket opens the gate of a show that does not take place',
      file: 'packages/core/src/tickets/tickets-store.ts',
      without: { 'and exists (select from shows where shows.id = $2 and cancelled_at is null)': '' },
      test: {
        file: 'packages/core/src/tickets/scan-ticket.int.test.ts',
        name: 'a refunded ticket, one of a cancelled show, and what is not of ours open nothing',
      },
    },
    {
      name: 'refund-of-used-is-said',
      guard: 'an operator gives a fan who is inside the money back without knowing it',
      file: 'packages/core/src/payments/refund-payment.ts',
      without: { 'usedToo: evenIfUsed': 'usedToo: true' },
      test: {
        file: 'packages/core/src/payments/refund-payment.int.test.ts',
        name: 'a used ticket is in the way, unless the operator says that it is not; it still says when it was used',
      },
    },
    {
      name: 'refund-of-this-payment',
      guard: "an operator who mistypes gives another payment's reservation back",
      file: 'packages/core/src/payments/refund-payment.ts',
      without: { 'if (bought.length !== reservationIds.length) throw': 'if (false) throw' },
      test: {
        file: 'packages/core/src/payments/refund-payment.int.test.ts',
        name: 'what is not of this payment, not there or given back is refused, and nothing of it is done',
      },
    },
    {
      name: 'cancellations-stay-as-written',
      guard: 'the product rewrites why a show was cancelled and by whom',
      file: 'packages/core/src/migrations/0014-box-office.sql',
      without: { 'revoke update on cancellations from greenroom_app;': '' },
      drop: 'grant update on cancellations to greenroom_app',
      test: {
        file: 'packages/core/src/platform/migrate.int.test.ts',
        name: "the app's role removes nothing but what was published and old checks, and changes no ledger row",
      },
    },
  ]),
  ...guardsOfTables('0014-box-office.sql', [
    {
      name: 'cancelled-show-is-stopped',
      guard: 'a show is cancelled and sells on',
      table: 'shows',
      constraint: 'cancelled_show_is_stopped',
      written:
        'add constraint cancelled_show_is_stopped check (cancelled_at is null or stopped_by is not null)',
      test: 'a show that is cancelled is stopped, whatever a statement forgets',
    },
    {
      name: 'ticket-used-at',
      guard: 'a ticket is used and nobody knows when, or good and was used',
      table: 'tickets',
      constraint: 'tickets_check',
      written:
        "case state when 'USED' then used_at is not null when 'VALID' then used_at is null else true end",
      test: 'a ticket says when it was used exactly if it was',
    },
  ]),
  ...mutantsOf('packages/core/src/migrations', [
    {
      name: 'cancellation-lists-a-refund-once',
      guard: 'the progress counts a refund as often as it is looked for',
      file: '0014-box-office.sql',
      without: { 'primary key (show_id, reservation_id),': '' },
      drop: 'alter table cancellation_refunds drop constraint cancellation_refunds_pkey',
      test: {
        file: `packages/core/src/cancellations/${goOn}`,
        name: 'what cannot be given back is told with its reason, is in the way of no other, and is tried again',
      },
    },
  ]),
]
