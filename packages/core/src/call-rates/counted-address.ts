import { addressGroup } from '../platform/address-group.ts'
import type { CoreSettings } from '../platform/env.ts'

export type CountingSettings = Pick<CoreSettings, 'countsOwnAddresses'>

/** What an address is counted under; `undefined` for who has none, and for this machine where it is not counted. */
export function countedAddress(
  { countsOwnAddresses = false }: CountingSettings,
  address: string,
): string | undefined {
  const group = addressGroup(address)
  const isOwn = group === ownNetwork || group.startsWith('127.')
  return group === '' || (isOwn && !countsOwnAddresses) ? undefined : group
}

/** Of `::1`. */
const ownNetwork = addressGroup('::1')
