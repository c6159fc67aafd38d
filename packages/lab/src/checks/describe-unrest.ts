import type { World } from '../world/start-world.ts'

/**
 * What may keep the world from becoming quiet, for whoever has to find out: holds past their time and whether their rows
 * are locked, transactions that last, where the schedules of the jobs stand, and the processes.
 */
export async function describeUnrest({ apps, postgres, redis }: World): Promise<string[]> {
  const overdue = await postgres.query<{ id: string; seconds: number; isLocked: boolean }>(
    `with due as (select * from reservations where state = 'HELD' and held_until <= now()), free as (
       select id from reservations where id in (select id from due) for update skip locked
     ), free_seats as (
       select id, reservation_id from seats where reservation_id in (select id from due) for update skip locked
     ), free_counts as (
       select show_id, fan_id from fan_seat_counts where (show_id, fan_id) in (select show_id, fan_id from due)
       for update skip locked
     )
     select id, extract(epoch from now() - held_until)::float8 as seconds,
            id not in (select id from free)
            or cardinality(seat_ids) > (select count(*) from free_seats where reservation_id = due.id)
            or (show_id, fan_id) not in (select show_id, fan_id from free_counts) as "isLocked"
     from due`,
  )
  const lasting = await postgres.query<{ says: string }>(
    `select concat_ws(' ', application_name, state, wait_event_type, wait_event, round(extract(epoch from now() - xact_start)) || ' s', left(query, 80)) as says
     from pg_stat_activity where xact_start < now() - interval '5 seconds' and datname = current_database()`,
  )
  return [
    ...overdue.map(
      ({ id, seconds, isLocked }) =>
        `hold ${id} is over for ${seconds.toFixed(1)} s, its rows ${isLocked ? 'are locked' : 'are free'}`,
    ),
    ...lasting.map(({ says }) => `a transaction lasts: ${says}`),
    ...(await describeSchedules(redis.client)),
    ...apps.map(
      (app) =>
        `${app.describe()}; ended by itself ${app.ownEnds().length} times, last: ${app.ownEnds().at(-1)?.says ?? 'never'}`,
    ),
  ]
}

async function describeSchedules(redis: World['redis']['client']): Promise<string[]> {
  const [seconds] = await redis.time()
  const lines: string[] = []
  for (const key of await redis.keys('{jobs}:*:repeat')) {
    const queue = key.replace(/:repeat$/, '')
    const due = await redis.zrange(key, '0', '-1', 'WITHSCORES')
    const active = await redis.lrange(`${queue}:active`, '0', '-1')
    const delayed = await redis.zrange(`${queue}:delayed`, '0', '5')
    const schedules = due
      .flat()
      .map((each) => (/^\d{13}/.test(each) ? `${Number(each) / 1_000 - Number(seconds)} s` : each))
    lines.push(
      `${queue}: schedules ${schedules.join(' ')}; active ${active.join(' ') || 'none'}; delayed ${delayed.join(' ') || 'none'}`,
    )
  }
  return lines
}
