import type { Deps } from '../platform/deps.ts'
import { type Partner, requirePartner } from '../partners/index.ts'

/** A partner's call with a key, from this machine unless another address is said. */
export async function callByKey(
  deps: Deps,
  keyText: string | undefined,
  address = '127.0.0.1',
): Promise<Partner> {
  return await requirePartner(deps, { keyText, address })
}
