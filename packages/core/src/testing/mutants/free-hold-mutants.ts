import { mutantsOf } from './mutant.ts'

const free = 'hold-free-seats.int.test.ts'

export const freeHoldMutants = mutantsOf('packages/core/src/reservations', [
  {
    name: 'hold-free-all-or-nothing',
    guard: 'a hold keeps some of its seats when another came first',
    file: 'free-hold-store.ts',
    without: { 'when changed.seat_count = cardinality(wish.seat_ids) then': 'when true then' },
    test: {
      file: free,
      name: 'the statement alone holds all of its seats or nothing at all; without its last word a hold has fewer than it names',
    },
  },
  {
    name: 'hold-free-is-available',
    guard: 'a hold writes over a seat that another took since it was read',
    file: 'free-hold-store.ts',
    without: {
      "and status = 'available' and (select count(*)": 'and (select count(*)',
      "and seats.status = 'available'": '',
    },
    test: {
      file: free,
      name: 'a seat that is taken between the look and the hold is named to who came late; their neighbours get theirs',
    },
  },
  {
    name: 'hold-free-at-the-price-now',
    guard: 'a seat is sold at the price of before the change',
    file: 'free-hold-store.ts',
    without: {
      "${priceNowSql('asked.concert_id', 'locked.category_code')}":
        '(select price_minor from seats own where own.id = locked.id)',
      "${priceNowSql('wanted.concert_id', 'seats.category_code')}": 'seats.price_minor',
    },
    test: {
      file: 'price-of-hold.int.test.ts',
      name: 'a seat that nobody has costs what its category costs at the moment of the hold, also when that changes under it',
    },
  },
  {
    name: 'hold-free-counts-first',
    guard: 'two holds wait for each other, one with a count and one with a seat in hand',
    file: 'free-hold-store.ts',
    without: { 'and (select count(*) from counted) > 0': '' },
    test: { file: free, name: 'no seat is locked before all counts are had' },
  },
  {
    name: 'hold-free-seats-in-order',
    guard: 'two holds of the same seats wait for each other',
    file: 'free-hold-store.ts',
    without: { 'order by id for update': 'order by id desc for update' },
    test: {
      file: free,
      name: 'free seats are locked in the order of their ids, whatever the order asked for',
    },
  },
  {
    name: 'hold-free-counts-in-order',
    guard: 'two holds of the same fans wait for each other',
    file: 'free-hold-store.ts',
    without: {
      'from wish order by show_id, fan_id': 'from wish order by show_id, fan_id desc',
    },
    test: { file: free, name: 'counts are locked in the order of their fans, whatever the order asked for' },
  },
  {
    name: 'hold-free-limit-is-told',
    guard: 'a fan who reached the limit a moment ago is told of a fault of ours',
    file: 'free-hold-store.ts',
    without: { "if (violatedConstraint(error) === 'fan_seat_limit') return undefined": '' },
    test: {
      file: free,
      name: 'a fan who reaches the limit between the look and the hold is told the limit',
    },
  },
  {
    name: 'hold-reply-is-the-fans-own',
    guard: 'a fan is answered with the hold of another who asked at the same moment',
    file: 'place-holds.ts',
    without: { 'each.fanId === request.fanId && each.showId': 'each.showId' },
    test: {
      file: free,
      name: 'holds that are placed together are each answered with their own seats, in the order asked for',
    },
  },
  {
    name: 'hold-free-stays',
    guard: 'who has free seats by now hears that it failed, because another hold of the batch did',
    file: 'place-holds.ts',
    without: {
      '...(await placeReplacing(deps, replacing, scene)),': '...(await placeGrants(deps, replacing, scene)),',
    },
    test: {
      file: 'hold-crashes.int.test.ts',
      name: 'a take-over whose connection dies takes nobody along who got free seats in the same batch',
    },
  },
])
