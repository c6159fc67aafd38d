import type { Deps } from '@greenroom/core'
import type { Actor } from './scheduler.ts'
import type { Session } from './postgres/rows.ts'

/** One process of the product: its connections, and the calls it has not answered. All of it ends with the process. */
export type Process = Actor & {
  kind: 'api' | 'worker' | 'gateway'
  deps: Deps
  readonly sessions: Set<Session>
  /** Tells each caller whose call is under way that the connection is gone. */
  readonly calls: Set<() => void>
}
