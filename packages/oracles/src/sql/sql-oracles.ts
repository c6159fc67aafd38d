import { messageRules } from './message-rules.ts'
import { moneyRules } from './money-rules.ts'
import { saleRules } from './sale-rules.ts'
import { seatRules } from './seat-rules.ts'
import { askOfEverything, askOfRecent, type Rule, type SqlOracle } from './sql-oracle.ts'

const rules: readonly [SqlOracle['about'], readonly Rule[]][] = [
  ['seats', seatRules],
  ['sales', saleRules],
  ['money', moneyRules],
  ['messages', messageRules],
]

/** Every invariant of the database in its strongest form: for tests, and for the end of a run. */
export const sqlOracles: readonly SqlOracle[] = rules.flatMap(([about, of]) =>
  of.map((rule) => askOfEverything(rule, about)),
)

/**
 * The same invariants as they may be asked each minute of a database of any size: of what is new or alive, and of a slice
 * of what is old that moves on each minute. Those that have no such form are missing.
 */
export const cheapSqlOracles: readonly SqlOracle[] = rules.flatMap(([about, of]) =>
  of.flatMap((rule) => askOfRecent(rule, about)),
)
