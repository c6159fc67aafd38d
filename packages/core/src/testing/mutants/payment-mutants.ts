import { mutantsOf } from './mutant.ts'

const pay = 'pay.int.test.ts'
const late = 'pay-late.int.test.ts'
const races = 'pay-races.int.test.ts'

export const paymentMutants = mutantsOf('packages/core/src/payments', [
  {
    name: 'pay-is-the-owners',
    guard: "a fan pays another's reservation",
    file: 'sale-store.ts',
    without: {
      'where reservations.id = any($1) and fan_id = $2': 'where reservations.id = any($1) and $2 > 0',
    },
    test: { file: pay, name: "another fan's reservation does not exist for me, nor does one that never was" },
  },
  {
    name: 'pay-price-of-the-server',
    guard: 'the caller sets the price',
    file: 'pay.ts',
    without: {
      'const amountMinor = reservations.reduce((sum, each) => sum + each.amountMinor, 0)':
        'const amountMinor = input.expectedMinor ?? reservations.reduce((sum, each) => sum + each.amountMinor, 0)',
    },
    test: { file: pay, name: 'a caller who expects another price is told the price, and nothing moves' },
  },
  {
    name: 'pay-what-is-held',
    guard: 'a hold that was let go, or paid, is paid',
    file: 'lock-sale.ts',
    without: { "if (state !== 'HELD') throw": 'if (false) throw' },
    test: { file: pay, name: 'ten keys for one reservation at once: one pays, nine are told it is paid' },
  },
  {
    name: 'pay-sells-only-its-own',
    guard: 'a payment sells seats that another holds by now, should it have been told that it may',
    file: 'sale-store.ts',
    without: {
      "and (seats.status = 'available' or (seats.status = 'held' and seats.reservation_id = paid.id))": '',
    },
    test: { file: races, name: 'the fence alone keeps a payment from selling what another fan holds' },
  },
  {
    name: 'pay-not-after-the-sale',
    guard: 'a hold that is over is paid after the sale',
    file: 'lock-sale.ts',
    without: {
      "if (reservation.isOver && !reservation.isOnSale) throw new DomainError('SALE_CLOSED', {})": '',
    },
    test: {
      file: late,
      name: 'a hold that is over, swept or not, is not paid once the sale is over; one that lives is',
    },
  },
  {
    name: 'pay-late-counts',
    guard: 'a hold that is taken again lifts its fan above the limit',
    file: 'lock-sale.ts',
    without: { 'count.seatCount + seatIds.length > count.seatLimit': 'count.seatCount < 0' },
    test: { file: late, name: 'taking seats again counts against the limit of seats for each fan' },
  },
  {
    name: 'pay-one-concert',
    guard: "one concert's payment spends the pass of another",
    file: 'lock-sale.ts',
    without: { 'if (new Set(sale.map(({ concertId }) => concertId)).size <= 1) return': 'return' },
    test: { file: pay, name: 'reservations of two concerts are not paid together' },
  },
  {
    name: 'pay-locks-the-wallet',
    guard: 'what was read of a wallet changes before it is written',
    file: 'packages/core/src/wallet/wallet-store.ts',
    without: { 'from wallets where account_id = $1 for no key update': 'from wallets where account_id = $1' },
    test: {
      file: 'pay-held.int.test.ts',
      name: 'a free ticket that waited for a charge of the same wallet repeats the balance it was told',
    },
  },
  {
    name: 'pay-spends-the-pass',
    guard: 'a fan who paid goes on holding seats',
    file: 'pay.ts',
    without: { 'await markPassSpent(tx, { concertId, fanId })': '' },
    test: { file: pay, name: 'paying without a key spends the pass, too' },
  },
  {
    name: 'pay-currency',
    guard: 'a price in one currency is paid in another',
    file: 'pay.ts',
    without: { 'if (price === wallet) return': 'return' },
    test: { file: pay, name: 'a wallet in another currency than the price pays nothing' },
  },
  {
    name: 'pay-without-a-key-looks-again',
    guard: 'the same payment sent twice at once is refused the second time',
    file: 'pay-held.ts',
    without: {
      "const wasPaidMeanwhile = isDomainError(error, 'HOLD_ENDED') && error.details.state === 'PAID'":
        'const wasPaidMeanwhile = false',
    },
    fails: 'DomainError: HOLD_ENDED',
    test: {
      file: 'pay-held.int.test.ts',
      name: 'twenty of the same, named or not, through two processes: one payment, twenty replies',
    },
  },
  {
    name: 'pay-without-a-key-is-live',
    guard: 'a hold that is over is paid by who never said so',
    file: 'lock-sale.ts',
    without: { "if (mustBeLive && (reservation.isOver || state === 'EXPIRED'))": 'if (false)' },
    test: {
      file: 'pay-held.int.test.ts',
      name: 'a hold that is over is not paid, swept or not; with a key it would be',
    },
  },
  {
    name: 'pay-asks-the-key',
    guard:
      'a fan whose answer was lost pays again and is told that it is too late, though the seats are theirs',
    file: 'pay.ts',
    without: {
      'withIdempotency(tx, attempt, async':
        '(async (_tx, _attempt, work) => await work())(tx, attempt, async',
    },
    fails: 'DomainError: HOLD_ENDED',
    test: { file: pay, name: 'a replayed payment has one effect and one reply, also 20 at once' },
  },
  {
    name: 'pay-again-tells',
    guard: 'a fan whose answer was lost paid, was told so, and keeps a place inside that others wait for',
    file: 'pay.ts',
    without: { ': tellAgain(deps, fanId, reply))': ': undefined)' },
    test: {
      file: 'pay-crashes.int.test.ts',
      name: 'once a payment has answered, the slot of the pass it spent is free, also when its first answer was lost',
    },
  },
  {
    name: 'pay-not-in-a-stopped-sale',
    guard: 'money moves while the books of its show are broken',
    file: 'lock-sale.ts',
    without: { 'if (reservation.stoppedBy !== null)': 'if (reservation.stoppedBy === undefined)' },
    test: {
      file: 'packages/core/src/invariants/stopped-sale.int.test.ts',
      name: 'a broken invariant stops holds and payments of its show, and of no other; an operator lets it go on, audited',
    },
  },
])
