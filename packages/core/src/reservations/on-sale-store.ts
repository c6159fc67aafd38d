/**
 * Whether seats may be taken now, for a statement that joins `shows` and left-joins `lines`: before the show begins, in a
 * line that is not over, by its clock or by an operator. Fans inside go on while it is paused or draining; the same rules as
 * `linePhaseOf`.
 */
export const isOnSaleSql = `(shows.starts_at > now() and coalesce(lines.closes_at > now(), true)
  and lines.override is distinct from 'closed')`
