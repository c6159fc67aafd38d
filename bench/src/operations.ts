import { hold } from './hold.ts'
import { holdHttp } from './hold-http.ts'
import { join } from './join.ts'
import { joinHttp } from './join-http.ts'
import { losers } from './losers.ts'
import { noOp } from './no-op.ts'
import { noOpStock } from './no-op-stock.ts'
import { noOpWs } from './no-op-ws.ts'
import type { Operation } from './operation.ts'
import { pay } from './pay.ts'
import { snapshot } from './snapshot.ts'

/** In the order in which they run and are reported. */
export const operations: readonly Operation[] = [
  noOp,
  noOpStock,
  noOpWs,
  hold,
  holdHttp,
  losers,
  pay,
  join,
  joinHttp,
  snapshot,
]
