import { BlockList, isIP } from 'node:net'

/** Who may use the REST contracts: everybody who reaches the api, whoever sends a partner key, nobody. */
export type Contracts = 'open' | 'keys' | 'off'

type Reach = { host: string; publicOrigin: string; deployment: 'demo' | 'production' }

/**
 * `open` when nothing is said and only this machine can reach the api, as in a local demo; else `keys`. Throws one
 * sentence that names the variable at fault. The api has the last word: it does not start when it finds them open.
 */
export function readContracts(value: string | undefined, reach: Reach): Contracts {
  const obstacle = findObstacle(reach)
  if (value === undefined) return obstacle === undefined ? 'open' : 'keys'
  if (value === 'keys' || value === 'off') return value
  if (value !== 'open') throw new Error(`CONTRACTS must be open, keys or off, not ${value}`)
  if (obstacle === undefined) return value
  throw new Error(`CONTRACTS is open while ${obstacle}: set CONTRACTS=keys (partners) or CONTRACTS=off`)
}

/** Whether nobody but this machine can reach the api, as in a local demo. */
export function isForThisMachine(reach: Reach): boolean {
  return findObstacle(reach) === undefined
}

function findObstacle({ host, publicOrigin, deployment }: Reach): string | undefined {
  if (deployment === 'production') return 'DEPLOYMENT is production'
  if (!isLoopback(host)) return `LISTEN_HOST is ${host}, which is not loopback`
  if (isLoopback(new URL(publicOrigin).hostname)) return undefined
  return `PUBLIC_ORIGIN is ${publicOrigin}, which is not loopback`
}

const loopback = new BlockList()
loopback.addSubnet('127.0.0.0', 8)
loopback.addAddress('::1', 'ipv6')

function isLoopback(host: string): boolean {
  const address = host.replace(/^\[(.*)\]$/, '$1')
  const version = isIP(address)
  if (version === 0) return address.toLowerCase() === 'localhost'
  return loopback.check(address, version === 6 ? 'ipv6' : 'ipv4')
}
