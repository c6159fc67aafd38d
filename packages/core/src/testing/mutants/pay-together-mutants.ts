import { mutantsOf } from './mutant.ts'

const together = 'pay-together.int.test.ts'

/** What many payments in one transaction need beyond what each needs alone. */
export const payTogetherMutants = [
  ...mutantsOf('packages/core/src/payments', [
    {
      name: 'pay-together-spends-the-pass',
      guard: 'who paid together with others goes on holding with the same pass',
      file: 'together-store.ts',
      without: {
        'place on place.concert_id = sale.concert_id and place.fan_id = sale.fan_id': 'place on false',
      },
      test: {
        file: 'pay.int.test.ts',
        name: 'paying spends the pass in the same transaction: it holds nothing more, and a refused payment spends nothing',
      },
    },
    {
      name: 'pay-together-fence',
      guard: 'a payment among others sells what another fan holds',
      file: 'together-store.ts',
      without: {
        'where cardinality(seat_ids) = (select count(*) from seat where reservation_id = held.id and seat.id = any(seat_ids))':
          '',
        'and seats.reservation_id = paid.id and seats.id = any(paid.seat_ids)':
          'and seats.id = any(paid.seat_ids)',
      },
      test: {
        file: together,
        name: 'the statement alone sells nothing that another fan holds; without the fence it sells it under their feet',
      },
    },
    {
      name: 'pay-together-locks-wallets',
      guard: 'a payment tells a balance that a charge has changed meanwhile',
      file: 'together-store.ts',
      without: { 'order by account_id for no key update': 'order by account_id' },
      test: {
        file: together,
        name: 'a payment that waited for a charge of the same wallet tells the balance as that one left it',
      },
    },
    {
      name: 'pay-together-wallets-in-order',
      guard: 'two transactions that pay for the same fans wait for each other',
      file: 'together-store.ts',
      without: { 'order by account_id for no key update': 'order by account_id desc for no key update' },
      test: {
        file: together,
        name: 'wallets are locked in the order of their fans, and nothing else before they are had',
      },
    },
    {
      name: 'pay-together-counts-first',
      guard: 'a payment waits for a count with the seats in hand',
      file: 'together-store.ts',
      without: { 'and (select count(*) from counted) > 0': '' },
      test: {
        file: together,
        name: 'seats are locked in the order of their ids when the counts are had, and reservations after them',
      },
    },
    {
      name: 'pay-together-locks-counts',
      guard: 'a payment and a hold of the same fan take seats and counts in different orders',
      file: 'together-store.ts',
      without: { 'order by show_id, fan_id for update': 'order by show_id, fan_id' },
      test: {
        file: together,
        name: 'seats are locked in the order of their ids when the counts are had, and reservations after them',
      },
    },
    {
      name: 'pay-together-reservations-in-order',
      guard: 'two transactions that settle the same reservations wait for each other',
      file: 'together-store.ts',
      without: {
        'and (select count(*) from seat) > 0\n  order by id for update':
          'and (select count(*) from seat) > 0\n  order by id desc for update',
      },
      test: {
        file: together,
        name: 'reservations that are paid together are locked in the order of their ids',
      },
    },
    {
      name: 'pay-together-seats-in-order',
      guard: 'a payment and a hold of the same seats wait for each other',
      file: 'together-store.ts',
      without: {
        "and status = 'held' and (select count(*) from counted) > 0\n  order by id for update":
          "and status = 'held' and (select count(*) from counted) > 0\n  order by id desc for update",
      },
      test: {
        file: together,
        name: 'seats are locked in the order of their ids when the counts are had, and reservations after them',
      },
    },
    {
      name: 'pay-together-not-in-a-stopped-sale',
      guard: 'a sale that was stopped a moment ago sells on to those who pay together',
      file: 'together-store.ts',
      without: {
        'join shows on shows.id = held.show_id and stopped_by is null':
          'join shows on shows.id = held.show_id',
      },
      test: {
        file: together,
        name: 'a sale that is stopped while its payment waits for its key is not paid',
      },
    },
    {
      name: 'pay-together-counts-in-order',
      guard: 'two transactions that pay or hold for the same fans wait for each other',
      file: 'together-store.ts',
      without: { 'order by show_id, fan_id for update': 'order by show_id, fan_id desc for update' },
      test: { file: together, name: 'counts are locked in the order of their fans when all wallets are had' },
    },
    {
      name: 'pay-together-seats-before-reservations',
      guard: 'a payment waits for a seat with reservations in hand',
      file: 'together-store.ts',
      without: { 'and (select count(*) from seat) > 0': '' },
      test: {
        file: together,
        name: 'seats are locked in the order of their ids when the counts are had, and reservations after them',
      },
    },
    {
      name: 'pay-together-locks-seats',
      guard: 'a payment decides on seats that another takes before it has written',
      file: 'together-store.ts',
      without: {
        "and status = 'held' and (select count(*) from counted) > 0\n  order by id for update":
          "and status = 'held' and (select count(*) from counted) > 0\n  order by id",
      },
      test: {
        file: together,
        name: 'seats are locked in the order of their ids when the counts are had, and reservations after them',
      },
    },
    {
      name: 'pay-together-locks-reservations',
      guard: 'a payment decides on a hold that another ends before it has written',
      file: 'together-store.ts',
      without: {
        'and (select count(*) from seat) > 0\n  order by id for update':
          'and (select count(*) from seat) > 0\n  order by id',
      },
      test: {
        file: together,
        name: 'reservations that are paid together are locked in the order of their ids',
      },
    },
    {
      name: 'pay-together-hold-is-live',
      guard: 'a hold that is over is paid among others, after the sale too',
      file: 'together-store.ts',
      without: { 'held_until > now() and (select count(*)': '(select count(*)' },
      test: {
        file: together,
        name: 'the statement alone does not pay a hold whose time is over; without that condition it does, after the sale too',
      },
    },
    {
      name: 'pay-together-within-the-balance',
      guard: 'a payment that its wallet cannot bear undoes those of all others',
      file: 'together-store.ts',
      without: { 'and sum(whole.amount_minor) <= min(wallet.balance_minor)': '' },
      test: {
        file: together,
        name: 'the statement alone spends no more than the wallet holds; without that condition a constraint undoes all of it',
      },
    },
    {
      name: 'pay-together-one-concert',
      guard: 'a payment among others is of two concerts and spends the pass of one',
      file: 'together-store.ts',
      without: { 'and count(distinct whole.concert_id) = 1': '' },
      test: {
        file: together,
        name: 'the statement alone pays holds of one concert, in the money of the wallet; without those conditions any',
      },
    },
    {
      name: 'pay-together-currency',
      guard: 'a price in dollars is paid among others with as many won',
      file: 'together-store.ts',
      without: { 'and whole.currency = wallet.currency': '' },
      test: {
        file: together,
        name: 'the statement alone pays holds of one concert, in the money of the wallet; without those conditions any',
      },
    },
    {
      name: 'pay-together-has-the-other-side',
      guard: 'money leaves a wallet and arrives nowhere',
      file: 'together-store.ts',
      without: {
        "join wallets house on house.kind = 'boxOffice' and house.currency = wallet.currency":
          "left join wallets house on house.kind = 'boxOffice' and house.currency = wallet.currency",
        'where paid.amount_minor > 0 order by': 'where paid.amount_minor > 0 and house_id > 0 order by',
      },
      test: {
        file: together,
        name: 'the statement alone pays holds of one concert, in the money of the wallet; without those conditions any',
      },
    },
    {
      name: 'pay-together-at-the-expected-price',
      guard: 'a caller who was told another price pays among others',
      file: 'pay-together.ts',
      without: { 'amountMinor === (expectedMinor ?? amountMinor)': 'amountMinor >= 0' },
      test: {
        file: 'pay.int.test.ts',
        name: 'a caller who expects another price is told the price, and nothing moves',
      },
    },
    {
      name: 'pay-together-all-or-nothing',
      guard: 'of two reservations that a fan pays one is paid, because the other cannot be',
      file: 'pay-together.ts',
      without: { 'reservations.length < ids.length': 'ids.length === 0' },
      test: {
        file: 'pay.int.test.ts',
        name: 'one reservation that cannot be paid keeps all from being paid',
      },
    },
    {
      name: 'pay-together-whole-or-not',
      guard: 'a payment that could not be made with others leaves its key behind, used',
      file: 'packages/core/src/wallet/do-together.ts',
      without: { 'if (replies.size < claimed.length) throw': 'if (replies.size > claimed.length) throw' },
      test: {
        file: together,
        name: 'a hold that is let go while its payment waits is refused, and who paid with it has paid',
      },
    },
  ]),
]
