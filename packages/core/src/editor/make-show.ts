import type { AccountId, CreateShowInput, ShowId } from '@greenroom/contract'
import { recordAudit } from '../accounts/index.ts'
import { addShow } from '../catalogue/index.ts'
import { inTransaction } from '../platform/database.ts'
import type { Deps } from '../platform/deps.ts'

/** `createShow` by an operator, audited in the same transaction. A repeat is refused by the instant. */
export async function makeShow(
  deps: Deps,
  { operatorId, ...input }: CreateShowInput & { operatorId: AccountId },
): Promise<{ showId: ShowId }> {
  return await inTransaction(deps.db, async (tx) => {
    const showId = await addShow(tx, input)
    const target = `show ${showId}`
    await recordAudit(deps, { actorId: operatorId, action: 'show.make', target, after: input }, tx)
    return { showId }
  })
}
