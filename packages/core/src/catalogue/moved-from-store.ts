/**
 * When a show was to begin at the moment `since`, in milliseconds, for a statement that joins `shows`; null where it begins then. Who
 * bought before a show was moved is told so, and who bought after is not.
 */
export function movedFromSql(since: string, shows = 'shows'): string {
  return `(select floor(extract(epoch from from_at) * 1000)::float8
   from (select from_at from show_moves where show_id = ${shows}.id and moved_at > ${since} order by moved_at limit 1) first
   where from_at <> date_trunc('milliseconds', ${shows}.starts_at))`
}
