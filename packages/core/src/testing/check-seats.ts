import type { ShowId } from '@greenroom/contract'
import type { Deps } from '../platform/deps.ts'

/**
 * What is wrong with a show's seats, reservations and counts; an empty list is what every test ends with. Each line
 * names the rule that is broken and the row that breaks it.
 */
export async function checkSeats(deps: Deps, showId: ShowId): Promise<string[]> {
  const { rows } = await deps.db.pool.query<{ fault: string }>(
    `select 'seat ' || s.id || ' is ' || s.status || ' for reservation ' || r.id || ' in state ' || r.state as fault
     from seats s join reservations r on r.id = s.reservation_id
     where s.show_id = $1 and r.state <> case s.status when 'held' then 'HELD' else 'PAID' end
     union all
     select 'reservation ' || r.id || ' is ' || r.state || ' without seat ' || wanted.seat_id
     from reservations r cross join unnest(r.seat_ids) wanted (seat_id) left join seats s on s.id = wanted.seat_id
     where r.show_id = $1 and r.state in ('HELD', 'PAID') and s.reservation_id is distinct from r.id
     union all
     select 'seat ' || s.id || ' is held until another time than reservation ' || r.id
     from seats s join reservations r on r.id = s.reservation_id
     where s.show_id = $1 and s.status = 'held' and s.held_until <> r.held_until
     union all
     select 'fan ' || coalesce(c.fan_id, r.fan_id) || ' is counted ' || coalesce(c.seat_count, 0) || ' seats and has ' || coalesce(r.seat_count, 0)
     from (select * from fan_seat_counts where show_id = $1) c
     full join (select fan_id, sum(cardinality(seat_ids)) as seat_count from reservations
                where show_id = $1 and state in ('HELD', 'PAID') group by 1) r using (fan_id)
     where coalesce(c.seat_count, 0) <> coalesce(r.seat_count, 0)`,
    [showId],
  )
  return rows.map((row) => row.fault)
}
