import { everything, recent, type Scope } from './scope.ts'

/** An invariant of the database, as a query for what breaks it. */
export type SqlOracle = {
  /** In kebab-case: names a metric and a line of a report. */
  name: string
  /** What must hold, in one sentence. */
  says: string
  about: 'seats' | 'sales' | 'money' | 'messages'
  /** 'cheap': bounded whatever was ever sold, so it may be asked each minute. 'full': reads whole tables. */
  cost: 'cheap' | 'full'
  /** Gives rows `{ fault: text, showId: bigint or null }`: none when all is well, at most 20 otherwise. */
  sql: string
}

/** An invariant as it is written: once, for whichever rows it is asked of. */
export type Rule = {
  name: string
  says: string
  /** 'never': no form of it is cheap. 'always': it is cheap as it is. */
  isCheap: 'whenRecent' | 'always' | 'never'
  /** A query with the columns `fault` and `show_id`. */
  find: (from: Scope) => string
}

/** The rule in its strongest form. */
export function askOfEverything({ name, says, isCheap, find }: Rule, about: SqlOracle['about']): SqlOracle {
  return { name, says, about, cost: isCheap === 'always' ? 'cheap' : 'full', sql: bounded(find(everything)) }
}

/** The rule as a check each minute can ask it; none when there is no such form. */
export function askOfRecent({ name, says, isCheap, find }: Rule, about: SqlOracle['about']): SqlOracle[] {
  return isCheap === 'never' ? [] : [{ name, says, about, cost: 'cheap', sql: bounded(find(recent)) }]
}

/** A damaged table breaks a rule thousands of times: the first twenty tell as much. */
function bounded(query: string): string {
  return `select fault, show_id as "showId" from (${query}) broken (fault, show_id) limit 20`
}
