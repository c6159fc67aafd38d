import { mutantsOf } from './mutant.ts'

const holds = 'hold-seats.int.test.ts'
const expiry = 'expire-holds.int.test.ts'

export const holdEndMutants = mutantsOf('packages/core/src/reservations', [
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
    name: 'sweep-is-not-put-off',
    guard: 'one worker whose clock is an hour fast puts every sweep off for an hour',
    file: 'packages/core/src/platform/jobs.ts',
    without: { 'if (await isPutOff(deps, queue, schedule))': 'if (schedule.everyMs < 0)' },
    test: {
      file: 'apps/worker/src/keep-schedules.int.test.ts',
      name: 'a worker whose clock is an hour fast puts no sweep off for the others',
    },
  },
])
