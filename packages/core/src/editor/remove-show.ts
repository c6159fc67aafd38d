import { type AccountId, DomainError, type ShowId } from '@greenroom/contract'
import { recordAudit } from '../accounts/index.ts'
import { inRetriedTransaction, type Tx } from '../platform/database.ts'
import type { Deps } from '../platform/deps.ts'
import { forgetLine, lockLineRow } from '../waiting-room/index.ts'
import { readShowFacts, type Removal, removeUntouched } from './show-store.ts'
import { withLastShow } from './show-window.ts'

/**
 * Takes a show away of which nothing was ever sold or held and into whose line nobody was let, with all its seats; their ids are
 * given to no other show; a sale that closes when the last show begins goes on doing so. Audited in the same transaction, with what it was. Safe to repeat: one that is removed is removed.
 * Refuses with NOT_FOUND show and SHOW_FIXED (the line has opened, seats of it were held or sold, its sale was stopped, it is
 * cancelled): such a show is cancelled instead, which gives the money back.
 */
export async function removeShow(
  deps: Deps,
  { showId, operatorId }: { showId: ShowId; operatorId: AccountId },
): Promise<void> {
  const concertId = await inRetriedTransaction(deps.db, async (tx) => {
    const before = await readShowFacts(tx, showId)
    if (before === undefined) {
      await requireGone(tx, { showId, operatorId })
      return undefined
    }
    const line = await lockLineRow(tx, before.concertId)
    await withLastShow(deps, tx, { line, operatorId }, async () => {
      const removal = await removeUntouched(tx, { showId, operatorId })
      // another operator was quicker
      if (removal === 'gone') return
      if (removal !== 'removed') throw refusalOf(removal)
      const target = `show ${showId}`
      await recordAudit(deps, { actorId: operatorId, action: 'show.remove', target, before }, tx)
    })
    return before.concertId
  })
  if (concertId !== undefined) forgetLine(deps, concertId)
}

async function requireGone(tx: Tx, show: { showId: ShowId; operatorId: AccountId }): Promise<void> {
  const removal = await removeUntouched(tx, show)
  if (removal !== 'gone') throw refusalOf(removal)
}

function refusalOf(removal: Exclude<Removal, 'gone'>): DomainError {
  if (removal === 'unknown' || removal === 'removed') return new DomainError('NOT_FOUND', { what: 'show' })
  return new DomainError('SHOW_FIXED', { reason: removal })
}
