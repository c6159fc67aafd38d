import type { ConcertId } from '@greenroom/contract'
import type { Deps } from '../platform/deps.ts'
import { forgetLine } from '../waiting-room/recent-line.ts'

type LineColumns = {
  mode?: 'lottery' | 'fifo'
  lobby_opens_at?: Date | null
  opens_at?: Date
  closes_at?: Date | null
  override?: 'open' | 'paused' | 'draining' | 'closed' | null
  capacity?: number
  rate_per_minute?: number | null
  claim_window_ms?: number
  pass_ttl_ms?: number
  reentry_window_ms?: number
  lottery_seed?: string
  lottery_commitment?: string
}

/** Sets columns of a line plainly; this process sees them at once, others within a second. */
export async function changeLine(deps: Deps, concertId: ConcertId, columns: LineColumns): Promise<void> {
  const names = Object.keys(columns)
  const sets = names.map((name, index) => `${name} = $${index + 2}`)
  await deps.db.pool.query(`update lines set ${sets.join(', ')} where concert_id = $1`, [
    concertId,
    ...Object.values(columns),
  ])
  forgetLine(deps, concertId)
}
