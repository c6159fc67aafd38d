import { hold } from './hold.ts'
import { holdOwnSql } from './hold-own-sql.ts'
import { join } from './join.ts'
import { noOp } from './no-op.ts'
import type { Operation } from './operation.ts'
import { pay } from './pay.ts'
import { snapshot } from './snapshot.ts'

/** In the order in which they run and are reported. */
export const operations: readonly Operation[] = [noOp, join, hold, holdOwnSql, pay, snapshot]
