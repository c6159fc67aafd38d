import type { AccountId, CreateShowInput, ShowId } from '@greenroom/contract'
import { concertId as toConcertId } from '@greenroom/contract'
import { recordAudit } from '../accounts/index.ts'
import { addShow } from '../catalogue/index.ts'
import { inTransaction } from '../platform/database.ts'
import type { Deps } from '../platform/deps.ts'
import { forgetLine, lockLineRow } from '../waiting-room/index.ts'
import { readShowNow } from './show-store.ts'
import { refuseStart, requireSaleBefore, withLastShow } from './show-window.ts'

/**
 * `createShow` by an operator, audited in the same transaction. A sale that closes when the last show begins closes with this one, if
 * it is the last now. A repeat is refused by the instant. Refuses like `createShow`, and with BAD_INPUT when that moment is over
 * or before the sale opens.
 */
export async function makeShow(
  deps: Deps,
  { operatorId, ...input }: CreateShowInput & { operatorId: AccountId },
): Promise<{ showId: ShowId }> {
  const concertId = toConcertId.parse(input.concertId)
  const showId = await inTransaction(deps.db, async (tx) => {
    const line = await lockLineRow(tx, concertId)
    const made = await withLastShow(deps, tx, { line, operatorId }, () => addShow(tx, input))
    if ((await readShowNow(tx, made))?.hasBegun !== false) refuseStart('momentOver')
    requireSaleBefore(line, input.startsAtMs)
    const target = `show ${made}`
    await recordAudit(deps, { actorId: operatorId, action: 'show.make', target, after: input }, tx)
    return made
  })
  forgetLine(deps, concertId)
  return { showId }
}
