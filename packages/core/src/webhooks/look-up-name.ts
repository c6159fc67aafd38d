import type { LookupAddress } from 'node:dns'
import { Resolver } from 'node:dns/promises'
import type { LookupFunction } from 'node:net'

/** A name server has 2 s, twice: less than an attempt may take. */
const patience = { timeout: 2_000, tries: 2 }

/**
 * Finds the addresses of a name by asking name servers, without one of the process's four threads: Node's own look-up
 * (`dns.lookup`) holds one for as long as the name server is silent, and eight attempts at one such name kept every
 * other endpoint's name from being found for 10 s. The hosts file is not read, but `localhost` is known.
 */
export function lookUpBy(resolver: Resolver): LookupFunction {
  return (name, { all, family }, answer) => {
    findAddresses(resolver, name).then(
      (found) => {
        const wanted = found.filter((each) => (family !== 4 && family !== 6 ? true : each.family === family))
        const [first] = wanted
        if (first === undefined) answer(notFound(name), [])
        else if (all === true) answer(null, wanted)
        else answer(null, first.address, first.family)
      },
      (error: NodeJS.ErrnoException) => answer(error, []),
    )
  }
}

export const lookUpName = lookUpBy(new Resolver(patience))

async function findAddresses(resolver: Resolver, name: string): Promise<LookupAddress[]> {
  if (name === 'localhost' || name.endsWith('.localhost')) return [{ address: '127.0.0.1', family: 4 }]
  const [four, six] = await Promise.allSettled([resolver.resolve4(name), resolver.resolve6(name)])
  const found = [...addressesOf(four, 4), ...addressesOf(six, 6)]
  if (found.length === 0 && four.status === 'rejected') throw four.reason
  return found
}

function addressesOf(answer: PromiseSettledResult<string[]>, family: 4 | 6): LookupAddress[] {
  return answer.status === 'rejected' ? [] : answer.value.map((address) => ({ address, family }))
}

function notFound(name: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`no address of ${name}`), { code: 'ENOTFOUND' })
}
