const protocols = ['redis:', 'rediss:']

/**
 * What `REDIS_URL` says: one address, or several with commas between, which are nodes of a Redis Cluster. A cluster that is
 * known by one address alone (as managed ones are) says so by `?cluster` behind it. Password and TLS are those of the first.
 */
export function readRedisAddress(text: string): { nodes: URL[]; isCluster: boolean } {
  const nodes = text.split(',').map((node) => new URL(node.trim()))
  return { nodes, isCluster: nodes.length > 1 || nodes[0]?.searchParams.has('cluster') === true }
}

/** Whether it can be read as that. A cluster has one database, number 0. */
export function isRedisAddress(text: string): boolean {
  if (!text.split(',').every((node) => URL.canParse(node.trim()))) return false
  const { nodes, isCluster } = readRedisAddress(text)
  if (!nodes.every(({ protocol, hostname }) => protocols.includes(protocol) && hostname !== '')) return false
  return !isCluster || nodes.every(({ pathname }) => ['', '/', '/0'].includes(pathname))
}
