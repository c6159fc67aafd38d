import type { AccountId, BypassCodeId } from '@greenroom/contract'
import type { Database, Tx } from '../platform/database.ts'

type Use = { bypassCodeId: BypassCodeId; fanId: AccountId }

/** Of a use that is pending: its fan has gone in since. What an answer that was lost would have said. */
const hasEntered = `exists (select from entered_places
  where entered_places.concert_id = bypass_codes.concert_id and entered_places.fan_id = bypass_uses.fan_id
    and entered_at >= used_at)`

/** Uses of a code that let somebody in: all that were taken but those that are pending. */
export const usesThatLetIn = `uses - (select count(*) from bypass_uses
  where bypass_code_id = bypass_codes.id and is_pending and not ${hasEntered})`

/**
 * Settles uses of a code that nothing was heard of: whose fan has gone in since has let in. The others are given back to the
 * code, once the offer that they may have led to has lapsed: letting in takes three turns of at most 40 s. The oldest 1,000 at a
 * time; the code is locked.
 */
export async function settleUses(tx: Tx, bypassCodeId: BypassCodeId, claimWindowMs: number): Promise<void> {
  await tx.query({
    name: 'settle-bypass-uses',
    text: `with ended as (
             select fan_id, ${hasEntered} as "hasEntered"
             from bypass_uses join bypass_codes on bypass_codes.id = bypass_code_id
             where bypass_code_id = $1 and is_pending
               and (${hasEntered} or used_at < now() - interval '2 minutes' - $2::float8 * interval '1 ms')
             order by used_at limit 1000),
           settled as (
             update bypass_uses set is_pending = false, uses = uses + "hasEntered"::integer
             from ended where bypass_code_id = $1 and bypass_uses.fan_id = ended.fan_id and is_pending
             returning "hasEntered"),
           returned as (select count(*)::integer as count from settled where not "hasEntered")
           update bypass_codes set uses = uses - count from returned where id = $1 and count > 0`,
    values: [bypassCodeId, claimWindowMs],
  })
}

/**
 * Notes that a fan is about to be let in by the code, which is locked; false when that is no new use: their last one is pending
 * still, or let them in within the last minute, and they ask again because the answer was lost.
 */
export async function noteUse(tx: Tx, { bypassCodeId, fanId }: Use): Promise<boolean> {
  const again = await tx.query({
    name: 'repeat-bypass-use',
    text: `update bypass_uses set used_at = now() where bypass_code_id = $1 and fan_id = $2 and is_pending`,
    values: [bypassCodeId, fanId],
  })
  if (again.rowCount === 1) return false
  const { rowCount } = await tx.query({
    name: 'note-bypass-use',
    text: `insert into bypass_uses (bypass_code_id, fan_id, uses, is_pending) values ($1, $2, 0, true)
           on conflict (bypass_code_id, fan_id) do update set is_pending = true, used_at = now()
             where bypass_uses.used_at < now() - interval '1 minute'`,
    values: [bypassCodeId, fanId],
  })
  return rowCount === 1
}

/** Takes one use of the code; false, with nothing done, when it has none left. */
export async function countUse(tx: Tx, bypassCodeId: BypassCodeId): Promise<boolean> {
  const { rowCount } = await tx.query({
    name: 'count-bypass-use',
    text: 'update bypass_codes set uses = uses + 1 where id = $1 and (max_uses is null or uses < max_uses)',
    values: [bypassCodeId],
  })
  return rowCount === 1
}

/** Notes that the pending use has let its fan in; a repeat changes nothing. */
export async function noteLetIn(db: Database, { bypassCodeId, fanId }: Use): Promise<void> {
  await db.pool.query({
    name: 'note-bypass-let-in',
    text: `update bypass_uses set is_pending = false, uses = uses + 1
           where bypass_code_id = $1 and fan_id = $2 and is_pending`,
    values: [bypassCodeId, fanId],
  })
}
