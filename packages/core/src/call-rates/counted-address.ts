import { addressGroup, networkOfGroup } from '../platform/address-group.ts'
import type { CoreSettings } from '../platform/env.ts'

export type CountingSettings = Pick<CoreSettings, 'countsOwnAddresses'>

/**
 * A network of 48 bits may do four times what an address may: providers give a household anything from 64 bits to 48, so whoever has 48 is
 * more than one caller, and not 65,536 of them. A mobile network that gives each phone 64 bits has many times 48.
 */
export const networkShare = 4

/** What an address is counted under: as one address, and of IPv6 as a part of a network. */
export type CountedAs = { group: string; network: string | undefined }

/** `undefined` for who has no address, and for this machine where it is not counted. */
export function countedAs(
  { countsOwnAddresses = false }: CountingSettings,
  address: string,
): CountedAs | undefined {
  const group = addressGroup(address)
  const isOwn = group === ownGroup || group.startsWith('127.')
  if (group === '' || (isOwn && !countsOwnAddresses)) return undefined
  return { group, network: networkOfGroup(group) }
}

/** Of `::1`. */
const ownGroup = addressGroup('::1')
