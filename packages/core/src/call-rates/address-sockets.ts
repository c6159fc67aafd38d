import { DomainError } from '@greenroom/contract'
import { countedAs, type CountingSettings, networkShare } from './counted-address.ts'

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
 * process's to whoever makes accounts enough. An IPv6 network of 64 bits is one address, and one of 48 has four times as many; this machine's
 * own are not counted, as with calls. It is counted in each process for itself, since a socket is kept by one.
 */
export function openAddressSockets(
  settings: CountingSettings & { maxSocketsPerAddress?: number },
): AddressSockets {
  const { maxSocketsPerAddress: most = 2_000 } = settings
  const open = new Map<string, number>()
  /** What an address is counted under, with how many sockets each of them may have. */
  const countsOf = (address: string): { key: string; most: number }[] => {
    const from = countedAs(settings, address)
    if (from === undefined) return []
    const ofAddress = { key: from.group, most }
    return from.network === undefined
      ? [ofAddress]
      : [ofAddress, { key: from.network, most: most * networkShare }]
  }
  const countOf = (key: string): number => open.get(key) ?? 0
  return {
    enter: (address) => {
      const counts = countsOf(address)
      for (const { key } of counts) open.set(key, countOf(key) + 1)
      let hasLeft = false
      const leave = (): void => {
        if (hasLeft) return
        hasLeft = true
        for (const { key } of counts) {
          const left = countOf(key) - 1
          if (left > 0) open.set(key, left)
          else open.delete(key)
        }
      }
      return { isWithin: counts.every((each) => countOf(each.key) <= each.most), leave }
    },
    refusalOf: (address) =>
      countsOf(address).some((each) => countOf(each.key) >= each.most) ? tooManySockets() : undefined,
    isFlooded: (address) => countsOf(address).some((each) => countOf(each.key) >= each.most * 1.1),
  }
}

export const tooManySockets = (): DomainError => new DomainError('RATE_LIMITED', { retryAfterMs: 10_000 })
