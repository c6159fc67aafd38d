import type { Rule } from './sql-oracle.ts'

/** Seats, reservations and the counts of both. */
export const seatRules: readonly Rule[] = [
  {
    name: 'one-owner-per-seat',
    says: 'No seat belongs to two reservations that are held or paid.',
    isCheap: 'whenRecent',
    find: (from) => `
      select 'seat ' || seat_id || ' is in reservations ' || string_agg(id::text, ', ' order by id), min(show_id)
      from ${from.reservations} reservations cross join unnest(seat_ids) as seat_id
      where state in ('HELD', 'PAID') group by seat_id having count(*) > 1`,
  },
  {
    name: 'live-reservation-has-its-seats',
    says: 'A reservation that is held or paid has every one of its seats, held or sold as it says.',
    isCheap: 'whenRecent',
    find: (from) => `
      select 'reservation ' || reservations.id || ' is ' || state || ' without seat ' || seat_id, reservations.show_id
      from ${from.reservations} reservations cross join unnest(seat_ids) as seat_id
      where state in ('HELD', 'PAID') and not exists (
        select from seats where seats.id = seat_id and seats.reservation_id = reservations.id
          and seats.show_id = reservations.show_id and seats.status = case state when 'HELD' then 'held' else 'sold' end)`,
  },
  {
    name: 'taken-seat-is-in-its-reservation',
    says: 'A seat that is held or sold is named by a reservation in that state, of the same show.',
    isCheap: 'whenRecent',
    find: (from) => `
      select 'seat ' || seats.id || ' is ' || status || ' for reservation ' || reservations.id || ' in state ' || state, seats.show_id
      from ${from.seats} seats join reservations on reservations.id = seats.reservation_id
      where not seats.id = any(seat_ids) or seats.show_id <> reservations.show_id
         or state <> case status when 'sold' then 'PAID' else 'HELD' end`,
  },
  {
    name: 'seat-and-hold-end-together',
    says: 'A held seat is held until the very moment its reservation is.',
    isCheap: 'whenRecent',
    find: (from) => `
      select 'seat ' || seats.id || ' is held until another time than reservation ' || reservations.id, seats.show_id
      from ${from.seats} seats join reservations on reservations.id = seats.reservation_id
      where status = 'held' and seats.held_until <> reservations.held_until`,
  },
  {
    name: 'no-hold-past-its-maximum',
    says: 'No hold was given more time than the hard maximum of its concert, from the first hold of its chain.',
    isCheap: 'whenRecent',
    find: (from) => `
      select 'reservation ' || reservations.id || ' is held until ' || held_until || ', its maximum is ' || max_held_until, show_id
      from ${from.reservations} reservations join concerts on concerts.id = concert_id
      where held_until > max_held_until or max_held_until < first_held_at
         or max_held_until > first_held_at + hold_max_life_ms * interval '1 ms'`,
  },
  {
    // a pass is looked at before the transaction that holds, which may wait for a lock: no call lasts a minute. Names no show:
    // whose turn it is decides nothing about who owns a seat
    name: 'no-hold-with-a-spent-place',
    says: 'Nobody held seats with a place that had bought something: who wants more goes in again.',
    isCheap: 'whenRecent',
    find: (from) => `
      select 'reservation ' || reservations.id || ' of fan ' || reservations.fan_id || ' was held at ' || held_at
             || ', its place was spent at ' || min(spent_at), null::bigint
      from ${from.reservations} reservations
      join entered_places entered on entered.concert_id = reservations.concert_id and entered.fan_id = reservations.fan_id
      join spent_passes spent on spent.concert_id = entered.concert_id and spent.fan_id = entered.fan_id
        and (spent.epoch, spent.seq) >= (entered.epoch, entered.seq)
      where spent_at < held_at - interval '1 minute'
      group by reservations.id, reservations.fan_id, held_at`,
  },
  {
    name: 'seats-add-up-to-the-capacity',
    says: 'A show has as many seats as its plan, with consecutive ids, and each is available, held, sold or blocked.',
    isCheap: 'whenRecent',
    find: (from) => `
      select 'show ' || shows.id || ' has ' || there.in_range || ' of ' || shows.seat_count || ' seats, of its plan '
             || plans.seat_count || ', and ' || there.outside || ' beside them', shows.id
      from ${from.shows} shows join seat_plans plans on plans.id = seat_plan_id
      cross join lateral (
        select count(*) filter (where seats.show_id = shows.id) as in_range, count(*) filter (where seats.show_id <> shows.id) as outside
        from seats where seats.id >= first_seat_id and seats.id < first_seat_id + shows.seat_count
      ) there
      where there.in_range <> shows.seat_count or there.outside > 0 or plans.seat_count <> shows.seat_count`,
  },
  {
    name: 'no-seat-of-no-show',
    says: 'Every seat is one of its show, at the place in the plan that its id says.',
    isCheap: 'whenRecent',
    find: (from) => `
      select 'seat ' || seats.id || ' is not seat ' || ordinal || ' of show ' || shows.id, shows.id
      from ${from.seats} seats join shows on shows.id = seats.show_id
      where seats.id <> first_seat_id + ordinal or ordinal >= seat_count`,
  },
  {
    name: 'fan-count-is-what-the-fan-has',
    says: 'The count that limits a fan is the number of seats the fan holds and owns, and within the limit.',
    isCheap: 'whenRecent',
    find: (from) => `
      select 'fan ' || buyers.fan_id || ' is counted ' || coalesce(counted.seat_count, 0) || ' seats, has ' || owned.seat_count
             || ' and may have ' || coalesce(counted.seat_limit, 0), buyers.show_id
      from ${from.buyers} buyers
      left join fan_seat_counts counted on counted.show_id = buyers.show_id and counted.fan_id = buyers.fan_id
      cross join lateral (
        select coalesce(sum(cardinality(seat_ids)), 0) as seat_count from reservations
        where reservations.fan_id = buyers.fan_id and reservations.show_id = buyers.show_id and state in ('HELD', 'PAID')
      ) owned
      where coalesce(counted.seat_count, 0) <> owned.seat_count or counted.seat_count > counted.seat_limit`,
  },
]
