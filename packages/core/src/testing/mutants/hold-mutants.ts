import { mutantsOf } from './mutant.ts'

const guards = 'guards-off.int.test.ts'
const holds = 'hold-seats.int.test.ts'
const meetings = 'holds-that-meet.int.test.ts'
const free = 'hold-free-seats.int.test.ts'
const expiry = 'expire-holds.int.test.ts'
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
    name: 'end-time-is-over',
    guard: 'a hold is taken from its fan before its time',
    file: 'end-store.ts',
    without: { "($2 = 'RELEASED' or held_until <= now())": 'true' },
    test: { file: expiry, name: 'a hold whose time is not over is not expired, by anyone' },
  },
  {
    name: 'end-state-and-fence',
    guard: 'a late expiry frees seats that another fan holds by now',
    file: 'end-store.ts',
    without: {
      "where id = any($1::bigint[]) and state = 'HELD' and": 'where id = any($1::bigint[]) and',
      "where reservations.id = due.id and reservations.state = 'HELD'": 'where reservations.id = due.id',
      "where seats.status = 'held' and seats.reservation_id = wanted.reservation_id": 'where true',
      'where seats.id = locked.id and seats.reservation_id = locked.reservation_id':
        'where seats.id = locked.id',
    },
    fails: 'fan_seat_limit',
    test: { file: expiry, name: 'a late job does not touch seats that somebody else holds by now' },
  },
  {
    name: 'end-counts-each-hold-once',
    guard: 'a hold that two jobs ask for counts as ended by both',
    file: 'expire-holds.ts',
    without: { 'ids.filter((id) => ended.delete(id))': 'ids.filter((id) => ended.has(id))' },
    test: {
      file: expiry,
      name: 'jobs that come at the same time are each told of their own holds, and a hold that two ask for counts once',
    },
  },
  {
    name: 'end-waits-for-nobody',
    guard: 'the sweep stands still behind one payment',
    file: 'end-store.ts',
    without: { 'order by seats.id for update of seats skip locked': 'order by seats.id for update of seats' },
    fails: 'canceling statement due to lock timeout',
    test: {
      file: expiry,
      name: 'the sweep waits for nobody: what a transaction has locked is left for the next one',
    },
  },
  {
    name: 'end-all-seats-or-none',
    guard: 'a reservation ends while some of its seats stay held for it',
    file: 'end-store.ts',
    without: {
      'and ((due.id, cardinality(due.seat_ids)::bigint) in (select reservation_id, count(*) from locked group by 1)) is true':
        '',
    },
    test: {
      file: expiry,
      name: 'the sweep waits for nobody: what a transaction has locked is left for the next one',
    },
  },
  {
    name: 'end-counts-down',
    guard: 'a fan whose hold ended has used up the limit for ever',
    file: 'end-store.ts',
    without: {
      'set seat_count = counts.seat_count - fewer.seat_count': 'set seat_count = counts.seat_count',
    },
    test: { file: expiry, name: 'job, sweep, taker-over and owner at once end a hold exactly once' },
  },
  {
    name: 'take-over-ends-the-whole-hold',
    guard: 'a hold that lost one seat goes on with the others',
    file: 'place-holds.ts',
    without: {
      'confirmed.flatMap((grant) => grant.expires.map((held) => held.reservationId))':
        'confirmed.flatMap((grant) => grant.expires.slice(1).map((held) => held.reservationId))',
    },
    fails: 'a locked seat was not available after all',
    test: { file: holds, name: 'an expired hold is claimable with no worker alive, and ends as a whole' },
  },
  {
    name: 'release-is-the-owners',
    guard: "a fan lets go of another's hold",
    file: 'release-reservation.ts',
    without: { 'if (fence?.fanId !== input.fanId)': 'if (fence === undefined)' },
    test: { file: expiry, name: 'only the owner can release, and releasing again answers the same' },
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
    name: 'sweep-is-not-put-off',
    guard: 'one worker whose clock is an hour fast puts every sweep off for an hour',
    file: 'packages/core/src/platform/jobs.ts',
    without: { 'if (await isPutOff(deps, queue, schedule))': 'if (schedule.everyMs < 0)' },
    test: {
      file: 'apps/worker/src/keep-schedules.int.test.ts',
      name: 'a worker whose clock is an hour fast puts no sweep off for the others',
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
])
