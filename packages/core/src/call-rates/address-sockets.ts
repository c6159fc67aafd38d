import { DomainError } from '@greenroom/contract'
import { countedAddress, type CountingSettings } from './counted-address.ts'

/** What a process's open sockets are counted with, by the address that they came from. */
type AddressSockets = {
  /** Notes a socket that has opened. `isWithin`: it was one of those that its address may have. `leave` when it closes; safe to repeat. */
  enter: (address: string) => { isWithin: boolean; leave: () => void }
  /** RATE_LIMITED when the address has as many as it may; `undefined` when one more may come. */
  refusalOf: (address: string) => DomainError | undefined
  /** Whether it has a tenth more than that: whoever goes on all the same is not even told why. */
  isFlooded: (address: string) => boolean
}

/**
 * So many sockets of one address at a time: an account is free, so a limit of each account's sockets alone leaves all of a
 * process's to whoever makes accounts enough. An IPv6 network of 64 bits is one address; this machine's own are not counted, as
 * with calls. It is counted in each process for itself, since a socket is kept by one.
 */
export function openAddressSockets(
  settings: CountingSettings & { maxSocketsPerAddress?: number },
): AddressSockets {
  const { maxSocketsPerAddress: most = 2_000 } = settings
  const open = new Map<string, number>()
  const countOf = (address: string): number => open.get(countedAddress(settings, address) ?? '') ?? 0
  return {
    enter: (address) => {
      const caller = countedAddress(settings, address)
      if (caller === undefined) return { isWithin: true, leave: () => undefined }
      const count = (open.get(caller) ?? 0) + 1
      open.set(caller, count)
      let hasLeft = false
      const leave = (): void => {
        if (hasLeft) return
        hasLeft = true
        const left = (open.get(caller) ?? 1) - 1
        if (left > 0) open.set(caller, left)
        else open.delete(caller)
      }
      return { isWithin: count <= most, leave }
    },
    refusalOf: (address) => (countOf(address) >= most ? tooManySockets() : undefined),
    isFlooded: (address) => countOf(address) >= most * 1.1,
  }
}

export const tooManySockets = (): DomainError => new DomainError('RATE_LIMITED', { retryAfterMs: 10_000 })
