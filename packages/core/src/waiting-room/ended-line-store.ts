import type { ConcertId } from '@greenroom/contract'
import type { Tx } from '../platform/database.ts'
import type { Deps } from '../platform/deps.ts'
import { lineKeys } from './line-script-store.ts'

/**
 * Lines in which nothing was sold for a week and nothing will be, locked until the transaction ends: an operator who opens
 * one does so before or after. Those that somebody else has locked are left out.
 */
export async function lockEndedLines(
  tx: Tx,
  { after, limit }: { after: number; limit: number },
): Promise<ConcertId[]> {
  const { rows } = await tx.query<{ concertId: ConcertId }>({
    name: 'lock-ended-lines',
    text: `select concert_id as "concertId" from lines
           where concert_id > $1
             and exists (select from shows where shows.concert_id = lines.concert_id)
             and not exists (select from shows
               where shows.concert_id = lines.concert_id and starts_at >= now() - interval '7 days')
           order by concert_id limit $2 for update skip locked`,
    values: [after, limit],
  })
  return rows.map((row) => row.concertId)
}

/**
 * Removes all that Redis keeps for each fan; says whether there was anything. The line's own hash stays: it names the
 * epoch, and whoever looked at a line without one would begin another, of which a line has 8,191.
 */
export async function dropCrowd(deps: Deps, concertId: ConcertId): Promise<boolean> {
  const [, ...crowd] = lineKeys(concertId)
  return (await deps.redis.unlink(crowd)) > 0
}
