import type { Deps } from '../platform/deps.ts'
import { changeLine } from './change-line.ts'
import type { TestShow } from './make-show.ts'

/** Has the show's line open in an hour instead of a minute ago. */
export async function postponeOpening(deps: Deps, { concertId }: TestShow): Promise<void> {
  await deps.db.pool.query("update lines set opens_at = now() + interval '1 hour' where concert_id = $1", [
    concertId,
  ])
  await changeLine(deps, concertId, { override: null })
}
