import {
  type AccountId,
  type BypassCodeId,
  type CreateBypassCodeInput,
  DomainError,
} from '@greenroom/contract'
import { recordAudit } from '../accounts/index.ts'
import { inTransaction } from '../platform/database.ts'
import type { Deps } from '../platform/deps.ts'
import { hashCode, makeCode, readCode } from './bypass-code.ts'
import { insertCode } from './bypass-store.ts'

/**
 * Makes a code that lets fans in past the line, and hands out its text, which nobody sees again: only its hash is stored. Audited
 * in the same transaction. Refuses with NOT_FOUND. Every call makes another code.
 */
export async function createBypassCode(
  deps: Deps,
  input: CreateBypassCodeInput & { operatorId: AccountId },
): Promise<{ bypassCodeId: BypassCodeId; code: string }> {
  const { concertId, operatorId, label, maxUses } = input
  const code = makeCode()
  const codeHash = hashCode(concertId, readCode(code) ?? code)
  return await inTransaction(deps.db, async (tx) => {
    const bypassCodeId = await insertCode(tx, { concertId, codeHash, label, maxUses, operatorId })
    if (bypassCodeId === undefined) throw new DomainError('NOT_FOUND', { what: 'concert' })
    const entry = { actorId: operatorId, action: 'bypassCode.create', target: `concert ${concertId}` }
    await recordAudit(deps, { ...entry, after: { bypassCodeId, label, maxUses } }, tx)
    return { bypassCodeId, code }
  })
}
