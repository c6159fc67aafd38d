import { admit } from './admit.ts'
import { charge } from './charge.ts'
import { holdInStadium, snapshotOfStadium } from './growth-seats.ts'
import { holdInFestival, snapshotInFestival } from './growth-shows.ts'
import { expiry } from './expiry.ts'
import { hold } from './hold.ts'
import { holdHttp } from './hold-http.ts'
import { holdOwnSql } from './hold-own-sql.ts'
import { join } from './join.ts'
import { joinHttp } from './join-http.ts'
import { joinRedisBenchmark } from './join-redis-benchmark.ts'
import { losers } from './losers.ts'
import { noOp } from './no-op.ts'
import { noOpStock } from './no-op-stock.ts'
import { noOpWs } from './no-op-ws.ts'
import type { Operation } from './operation.ts'
import { pay } from './pay.ts'
import { payHttp } from './pay-http.ts'
import { snapshot } from './snapshot.ts'
import { snapshotBytes } from './snapshot-bytes.ts'
import { snapshotHttp } from './snapshot-http.ts'
import { tick } from './tick.ts'
import { waitingMemory } from './waiting-memory.ts'
import { watchers } from './watchers.ts'

/** In the order in which they run and are reported. */
export const operations: readonly Operation[] = [
  noOp,
  noOpStock,
  noOpWs,
  hold,
  holdOwnSql,
  holdHttp,
  losers,
  pay,
  payHttp,
  charge,
  join,
  joinRedisBenchmark,
  joinHttp,
  waitingMemory,
  admit,
  tick,
  snapshot,
  snapshotHttp,
  snapshotBytes,
  watchers,
  expiry,
  holdInStadium,
  holdInFestival,
  snapshotOfStadium,
  snapshotInFestival,
]
