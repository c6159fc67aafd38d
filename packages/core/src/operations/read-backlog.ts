import type { Deps } from '../platform/deps.ts'
import { type Backlog, readBacklogRow } from './backlog-store.ts'

export type { Backlog } from './backlog-store.ts'

/** What is due and not done, for metrics: the same whichever process asks. Rejects when Postgres is away. */
export async function readBacklog(deps: Deps): Promise<Backlog> {
  return await readBacklogRow(deps.db)
}
