import type { PartnerKey } from '@greenroom/contract'
import type { Deps } from '../platform/deps.ts'
import { findPartnerKeys } from './partner-keys-store.ts'

/** Up to 500 keys without their secrets: those that live first, each group newest first. */
export async function listPartnerKeys(deps: Deps): Promise<PartnerKey[]> {
  return await findPartnerKeys(deps.db, 500)
}
