import { isIPv6 } from 'node:net'

/**
 * Who is counted as one by address: an IPv4 address, or the /64 of an IPv6 one, which is what one household or phone is given
 * (RFC 6177) and may choose its addresses from. An IPv4 address written as IPv6 is the IPv4 address. What is no address is its
 * own text, at most 64 characters of it.
 */
export function addressGroup(address: string): string {
  const known = recent.get(address)
  if (known !== undefined) return known
  const group = groupOf(address)
  // what is longer than any address is not kept
  if (address.length <= longestAddress) {
    if (recent.size >= mostRecent) recent.clear()
    recent.set(address, group)
  }
  return group
}

/**
 * The IPv6 network of 48 bits that a group is in: what one customer of a provider may be given (RFC 6177), with 65,536 groups in
 * it. `undefined` for an IPv4 address.
 */
export function networkOfGroup(group: string): string | undefined {
  const end = group.length - '::/64'.length
  return group.endsWith('::/64') ? `${group.slice(0, group.lastIndexOf(':', end - 1))}::/48` : undefined
}

/** Each call asks, and a peer asks often; to read an address takes 4 us. Some 5 MB. */
const mostRecent = 20_000
const recent = new Map<string, string>()
const longestAddress = 64

function groupOf(address: string): string {
  const [bare = ''] = address.split('%')
  if (!isIPv6(bare)) return bare.slice(0, longestAddress)
  const groups = groupsOf(bare)
  const [, , , , , mapped, high = 0, low = 0] = groups
  if (groups.slice(0, 5).every((group) => group === 0) && mapped === 0xffff) {
    return [high >> 8, high & 255, low >> 8, low & 255].join('.')
  }
  return `${groups
    .slice(0, 4)
    .map((group) => group.toString(16))
    .join(':')}::/64`
}

/** The eight groups. The URL parser writes an address the one way of RFC 5952, with nothing but hexadecimal groups and one `::`. */
function groupsOf(address: string): number[] {
  const written = new URL(`http://[${address}]`).hostname.slice(1, -1)
  const [head = '', tail] = written.split('::')
  const parse = (text: string): number[] =>
    text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16))
  const [before, after] = [parse(head), parse(tail ?? '')]
  return [...before, ...Array.from({ length: 8 - before.length - after.length }, () => 0), ...after]
}
