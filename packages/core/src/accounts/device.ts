import { addressGroup } from '../platform/address-group.ts'
import type { Device } from './sessions-store.ts'

/** Where somebody signs in from, as the edge saw it; left out by programs of ours. */
export type SignsInFrom = {
  from?:
    | {
        address: string
        userAgent: string | undefined
        /** What `markDevice` gave the browser before. */
        deviceToken?: string | undefined
      }
    | undefined
}

/** As it is kept with the session. */
export function deviceOf(from: SignsInFrom['from']): Device {
  return {
    userAgent: from?.userAgent ?? null,
    network: from === undefined ? null : addressGroup(from.address),
  }
}
