import { Cluster, Redis } from 'ioredis'

import { identifyProcess } from '../process-identity.ts'

/** Whether the tests' Redis is a cluster: several addresses with commas between. */
export const isClusterUrl = (url: string): boolean => url.includes(',')

/** Who has it. */
const leaseKey = 'test-lease'

/**
 * Empties the tests' Redis Cluster and has it until what this answers is called: a cluster has one database alone, so it
 * serves one test file at a time. Throws while another process that lives has it: run with `--maxWorkers=1`.
 */
export async function takeTestCluster(url: string): Promise<() => Promise<void>> {
  const nodes = url.split(',').map((node) => new URL(node))
  const empty = async (): Promise<void> => {
    for (const node of nodes) await onNode(node, (each) => each.flushall())
  }
  const cluster = new Cluster(
    nodes.map(({ hostname, port }) => ({ host: hostname, port: Number(port) })),
    { redisOptions: { password: nodes[0]?.password ?? '' } },
  )
  try {
    const holder = Number(await cluster.get(leaseKey))
    if (holder !== 0 && holder !== process.pid && identifyProcess(holder) !== undefined)
      throw new Error(`process ${holder} has the test cluster: it serves one test file at a time`)
    await empty()
    await cluster.set(leaseKey, process.pid)
  } finally {
    cluster.disconnect()
  }
  return empty
}

async function onNode(node: URL, work: (node: Redis) => Promise<unknown>): Promise<void> {
  const client = new Redis(node.href)
  try {
    await work(client)
  } finally {
    client.disconnect()
  }
}
