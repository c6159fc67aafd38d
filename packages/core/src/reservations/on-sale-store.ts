/**
 * Whether seats may be taken now, for a statement that joins `shows` and left-joins `lines`: before the show begins, in a
 * line that is not over. What an operator said goes before the clock, but pausing or draining sells nothing after the
 * line's end; the same rules as `linePhaseOf`.
 */
export const isOnSaleSql = `(shows.starts_at > now() and case
  when lines.override in ('open', 'closed') then lines.override = 'open'
  else coalesce(lines.closes_at > now(), true) end)`
