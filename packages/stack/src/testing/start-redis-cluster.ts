import { setTimeout as sleep } from 'node:timers/promises'

import { Redis } from 'ioredis'

import { openDataFolder, removeDataFolder } from '../data-folder.ts'
import { readStackEnv } from '../env.ts'
import { findRedisServer } from '../find-redis.ts'
import { pickPort } from '../ports.ts'
import { type RedisServer, startRedis } from '../start-redis.ts'
import { keepStarted, type PrivateServer } from './private-servers.ts'
import { makeRunFolder } from './run-folder.ts'

export type PrivateRedisCluster = {
  /** the nodes' addresses with commas between: what REDIS_URL takes */
  url: string
  nodes: readonly PrivateServer[]
  stop: () => Promise<void>
}

const masters = 3
const slots = 16_384
const joinTimeoutMs = 30_000

/**
 * A Redis Cluster of three masters on loopback, each with a third of the slots and an append-only file of its own, and no
 * replicas: a master that is killed takes its slots with it until it is started again.
 */
export async function startPrivateRedisCluster(): Promise<PrivateRedisCluster> {
  const nodes: PrivateServer[] = []
  const stop = async (): Promise<void> => {
    await Promise.all(nodes.map((node) => node.stop()))
  }
  try {
    let password: string | undefined
    for (let index = 0; index < masters; index++) {
      const data = openDataFolder(makeRunFolder('redis'))
      password ??= data.secrets.redisPassword
      const options = {
        program: findRedisServer(readStackEnv().path, () => undefined),
        data,
        databases: 1,
        refuseFlushAll: false,
        cluster: { busPort: await pickPort() },
        password,
        onLine: () => undefined,
      }
      const first: RedisServer = await startRedis(options)
      const startAgain = (): Promise<RedisServer> => startRedis({ ...options, port: first.port })
      nodes.push(keepStarted(first, startAgain, data.folderFor('redis'), () => removeDataFolder(data)))
      await giveSlots(first, index, options.cluster.busPort, nodes[0])
    }
    for (const node of nodes) await waitUntilWhole(node)
    return { url: nodes.map(({ url }) => url).join(','), nodes, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** A share of the slots, and word to the first node, which tells the others. */
async function giveSlots(
  server: RedisServer,
  index: number,
  busPort: number,
  first: PrivateServer | undefined,
): Promise<void> {
  const from = Math.floor((index * slots) / masters)
  const to = Math.floor(((index + 1) * slots) / masters) - 1
  await ask(server.url, 'ADDSLOTSRANGE', from, to)
  // an epoch each, or two nodes would have the same until they notice
  await ask(server.url, 'SET-CONFIG-EPOCH', index + 1)
  if (first !== undefined && first.port !== server.port)
    await ask(first.url, 'MEET', '127.0.0.1', server.port, busPort)
}

async function waitUntilWhole(node: PrivateServer): Promise<void> {
  for (let waitedMs = 0; waitedMs < joinTimeoutMs; waitedMs += 50) {
    const info = String(await ask(node.url, 'INFO'))
    if (info.includes('cluster_state:ok') && info.includes(`cluster_known_nodes:${masters}`)) return
    await sleep(50)
  }
  throw new Error(`the Redis Cluster was not whole ${joinTimeoutMs / 1_000} s after its nodes met`)
}

async function ask(url: string, ...words: (string | number)[]): Promise<unknown> {
  const client = new Redis(url)
  try {
    return await client.call('CLUSTER', ...words)
  } finally {
    client.disconnect()
  }
}
