import { mutantsOf } from './mutant.ts'

const guards = 'guards-off.int.test.ts'
const holds = 'hold-seats.int.test.ts'
const meetings = 'holds-that-meet.int.test.ts'
const reservations = 'packages/core/src/migrations/0003-reservations.sql'

export const holdMutants = mutantsOf('packages/core/src/reservations', [
  {
    name: 'hold-seat-is-available',
    guard: 'a hold writes over a seat that another holds',
    file: 'hold-store.ts',
    without: { "and seats.status = 'available'": '' },
    test: {
      file: guards,
      name: 'the condition on the seat alone keeps it from being sold twice; without it two fans hold one seat',
    },
  },
  {
    name: 'hold-limit-constraint',
    guard: 'two holds at once lift a fan above the limit of seats',
    file: reservations,
    without: { 'constraint fan_seat_limit check (seat_count between 0 and seat_limit)': '' },
    drop: 'alter table fan_seat_counts drop constraint fan_seat_limit',
    test: {
      file: guards,
      name: "the fan's limit is the table's; without its constraint a statement gives more seats than allowed",
    },
  },
  {
    name: 'hold-first-count',
    guard: 'the row that counts a fan’s first seats begins after the seats are locked',
    file: 'place-holds.ts',
    without: {
      'grants.every((grant) => grant.isCounted) ? lockSeatCounts : beginSeatCounts': 'lockSeatCounts',
    },
    test: {
      file: meetings,
      name: 'a fan’s first hold is counted before a seat is locked, so nobody who took the seats waits for the count',
    },
  },
  {
    name: 'hold-limit-decision',
    guard: 'a hold beyond the limit is tried, and fails without saying why',
    file: 'hold-decision.ts',
    without: { 'kept + seats.length > terms.seatLimit': 'kept < 0' },
    test: {
      file: holds,
      name: 'nobody holds more seats of a show than the concert allows, however many ask at once',
    },
  },
  {
    name: 'hold-seat-is-free',
    guard: 'a seat that another holds passes for free',
    file: 'hold-decision.ts',
    without: { 'seat.isLapsed || holderOf(seat, scene)?.fanId === request.fanId': 'true' },
    test: {
      file: holds,
      name: 'a refused hold names exactly the seats that are taken and takes none of the others',
    },
  },
  {
    name: 'hold-on-sale',
    guard: 'seats are held after the sale is over',
    file: 'hold-decision.ts',
    without: { "if (!terms.isOnSale) return refuse('SALE_CLOSED', {})": '' },
    test: {
      file: holds,
      name: "a seat of another show, an unknown show, a closed sale and another fan's pass are refused",
    },
  },
  {
    name: 'hold-seat-of-the-show',
    guard: 'seats of a show that the pass is not for are held',
    file: 'hold-decision.ts',
    without: { 'seats.filter((seat) => seat.showId === request.showId).length': 'seats.length' },
    test: {
      file: holds,
      name: "a seat of another show, an unknown show, a closed sale and another fan's pass are refused",
    },
  },
  {
    name: 'hold-locks-seats',
    guard: 'what was decided under lock changes before it is written',
    file: 'lock-store.ts',
    without: {
      'from seats where id = any($1::bigint[]) order by id for update':
        'from seats where id = any($1::bigint[])',
    },
    test: {
      file: meetings,
      name: 'two processes that want one seat at the same moment: the second is told that it is held',
    },
  },
  {
    name: 'hold-decided-under-lock',
    guard: 'a hold that ended and was taken anew is ended for a hold that came late',
    file: 'scene-store.ts',
    without: { "seat?.status === 'held' && seat.reservationId === held.reservationId": 'seat !== undefined' },
    test: {
      file: meetings,
      name: 'an own hold that ends while its fan swaps it stands in nobody’s way',
    },
  },
  {
    name: 'hold-hard-maximum',
    guard: 'a fan who swaps seats again and again holds for ever',
    file: 'hold-store.ts',
    without: { 'coalesce(min(first_held_at), now()) as began_at': 'coalesce(max(now()), now()) as began_at' },
    test: { file: holds, name: 'swapping seats does not restart the hard maximum of a hold' },
  },
  {
    name: 'hold-all-or-nothing',
    guard: 'a fan gets some of the seats asked for',
    file: 'hold-decision.ts',
    without: { 'if (taken.length > 0) {': 'if (taken.length === seats.length) {' },
    test: {
      file: holds,
      name: 'a refused hold names exactly the seats that are taken and takes none of the others',
    },
  },
  {
    name: 'hold-repeat-is-the-same',
    guard: 'a tab that asks again gets another reservation',
    file: 'hold-decision.ts',
    without: {
      'if (repeated !== undefined) return': 'if (repeated !== undefined && own.length === 0) return',
    },
    test: {
      file: holds,
      name: 'asking for the same seats again gives the same reservation, also from ten tabs at once',
    },
  },
  {
    name: 'hold-one-fan-one-batch',
    guard: 'two requests of one fan are decided without knowing of each other',
    file: 'packages/core/src/platform/batch-requests.ts',
    without: { '&& !runningKeys.has(request.key)': '' },
    test: {
      file: 'packages/core/src/platform/batch-requests.test.ts',
      name: 'two requests with one key never run at the same time, even in two batches',
    },
  },
  {
    name: 'hold-bounded-waiting',
    guard: 'a crowd fills the memory with requests that wait',
    file: 'packages/core/src/platform/batch-requests.ts',
    without: { 'waiting.length >= options.maxWaiting': 'waiting.length < 0' },
    test: {
      file: 'packages/core/src/platform/batch-requests.test.ts',
      name: 'a request that is never decided, and one more than may wait, are refused',
    },
  },
  {
    name: 'hold-past-pass',
    guard: 'a fan stays inside for ever by one hold after another',
    file: 'packages/core/src/waiting-room/require-pass.ts',
    without: { 'if (pass.isPinned) throw': 'if (false) throw' },
    test: {
      file: 'hold-past-pass.int.test.ts',
      name: 'a hold keeps its fan inside to pay, not to hold again: nobody stays for ever by one hold after another',
    },
  },
  {
    name: 'hold-asks-the-key',
    guard:
      'a fan whose answer was lost and who let go meanwhile holds again by asking what the first answer was',
    file: 'hold-with-key.ts',
    without: {
      'return withIdempotency(tx, attempt, async () => {':
        'return (async (work) => await work())(async () => {',
    },
    test: {
      file: 'hold-with-key.int.test.ts',
      name: 'gives the first reply again, also when the hold was let go; without one that would be a new hold',
    },
  },
  {
    name: 'hold-knows-its-holder',
    guard: 'a fan is refused a seat for their own hold, which another of their devices swaps at that moment',
    file: 'hold-decision.ts',
    without: { 'return seat.isLapsed || seatCount > 0': 'return seat.isLapsed || seatCount < 0' },
    fails: 'DomainError: SEATS_TAKEN',
    test: {
      file: meetings,
      name: 'an own hold that another device swaps while this one looks stands in nobody’s way',
    },
  },
  {
    name: 'hold-place-is-not-spent',
    guard: 'a fan who has bought holds on with the spent pass until Redis hears of it',
    file: 'hold-decision.ts',
    without: { "if (isSpent(request, terms)) return refuse('PASS_REFUSED', { reason: 'spent' })": '' },
    test: {
      file: 'hold-past-pass.int.test.ts',
      name: 'a pass that a payment spent holds nothing, though Redis was not told and still has its fan inside',
    },
  },
  {
    name: 'hold-pass-before-the-seat',
    guard: 'who has bought or left learns of a seat what is for those inside',
    file: 'hold-seats.ts',
    without: {
      'const pass = await requirePassToHold(deps, { concertId, fanId, pass: input.pass })\n  const refusal = input.mirror?.refuse(showId, fanId, seatIds)\n  if (refusal !== undefined) throw refusal':
        'const refusal = input.mirror?.refuse(showId, fanId, seatIds)\n  if (refusal !== undefined) throw refusal\n  const pass = await requirePassToHold(deps, { concertId, fanId, pass: input.pass })',
    },
    test: {
      file: 'certain-losers.int.test.ts',
      name: 'who has bought, or gave the place up, hears that of the pass, and nothing of the seat',
    },
  },
  {
    name: 'lost-queue-is-forgotten',
    guard:
      'a process that first used a queue while Redis did not answer plans no job for the rest of its life',
    file: 'packages/core/src/platform/jobs.ts',
    without: { 'if (queues.get(name) === queue) queues.delete(name)': '' },
    test: {
      file: 'packages/core/src/platform/jobs-without-redis.int.test.ts',
      name: 'a schedule that is asked for while Redis does not answer is refused, and kept as soon as it does',
    },
  },
  {
    name: 'worker-rests-when-refused',
    guard: 'a worker asks a Redis that has no memory thousands of times a second, and logs each answer',
    file: 'packages/core/src/platform/start-worker.ts',
    without: { "if (error.name === 'ReplyError') rest.begin()": '' },
    test: {
      file: 'packages/core/src/platform/jobs-without-redis.int.test.ts',
      name: 'a worker whose Redis has no memory rests between its questions, and works on when there is some',
    },
  },
  {
    name: 'hold-not-in-a-stopped-sale',
    guard: 'seats are sold on while the books of their show are broken',
    file: 'hold-decision.ts',
    without: { 'if (terms.stoppedBy !== null)': 'if (terms.stoppedBy === undefined)' },
    test: {
      file: 'packages/core/src/invariants/stopped-sale.int.test.ts',
      name: 'a broken invariant stops holds and payments of its show, and of no other; an operator lets it go on, audited',
    },
  },
  {
    name: 'hold-takes-over-at-the-price-now',
    guard: 'who takes a seat over from a hold that ran out pays the price of before the change',
    file: 'hold-store.ts',
    without: { "else ${priceNowSql(concertId, 'seats.category_code')} end": 'else seats.price_minor end' },
    test: {
      file: 'price-of-hold.int.test.ts',
      name: 'a seat that is taken over from a hold that ran out costs the new price, though nobody swept it',
    },
  },
  {
    name: 'hold-keeps-its-price',
    guard: 'a fan who swaps one of two seats pays more for the other, too',
    file: 'hold-store.ts',
    without: {
      'case when seats.id = any($4::bigint[]) then': 'case when seats.id = any($4::bigint[]) and false then',
    },
    test: {
      file: 'price-of-hold.int.test.ts',
      name: 'a fan who holds keeps the price: the seats that they swap along cost what they did, the others what they do now',
    },
  },
])
