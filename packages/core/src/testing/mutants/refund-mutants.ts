import { mutantsOf } from './mutant.ts'

const refund = 'refund.int.test.ts'

export const refundMutants = mutantsOf('packages/core/src/payments', [
  {
    name: 'refund-once',
    guard: 'a refund pays twice',
    file: 'refund.ts',
    without: {
      "if (state === 'REFUNDED') throw": 'if (false) throw',
      "if (state !== 'PAID') throw": 'if (false) throw',
    },
    test: {
      file: refund,
      name: 'ten refunds with ten keys at once: one effect, nine are told it is refunded',
    },
  },
  {
    name: 'refund-not-after-a-ticket-was-used',
    guard: 'a fan is inside the hall and has the money back',
    file: 'give-back.ts',
    without: { 'if (voided !== seatIds.length) throw': 'if (voided > seatIds.length) throw' },
    test: {
      file: refund,
      name: 'a reservation of which one ticket was used is not refunded, not even in part',
    },
  },
  {
    name: 'refund-not-after-the-show-began',
    guard: 'a fan who saw the show has the money back',
    file: 'refund.ts',
    without: { 'if (clock.hasStarted && !clock.isCancelled)': 'if (false)' },
    test: { file: refund, name: 'nothing is refunded once the show has begun by the clock of the database' },
  },
  {
    name: 'refund-counts-down',
    guard: 'a fan whose seats were given back has used up the limit for ever',
    file: 'give-back.ts',
    without: { 'await addToSeatCount(tx, { fanId, showId, change: -seatIds.length })': '' },
    fails: 'fan_seat_limit',
    test: { file: refund, name: 'a refund makes room under the limit of seats for each fan' },
  },
])
