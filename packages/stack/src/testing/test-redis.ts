import { Redis } from 'ioredis'

import { readStackEnv } from '../env.ts'
import { identifyProcess } from '../process-identity.ts'
import { isClusterUrl, takeTestCluster } from './test-redis-cluster.ts'

export type TestRedis = {
  url: string
  /** which numbered database it is */
  database: number
  /** empties it and gives the number back; whoever forgets has it taken over once its process has ended */
  drop: () => Promise<void>
}

/**
 * An empty numbered Redis database that no other test file has. Keys, streams and queues are apart; pub/sub channels
 * are not (Redis has one space of them per server), and FLUSHALL is refused: use FLUSHDB, which does the same to you.
 * Throws when no test stack is running, or when all databases are taken by living processes. Of a Redis Cluster it is the
 * only one, for one test file at a time.
 */
export async function createTestRedis(): Promise<TestRedis> {
  const server = requireTestRedisUrl()
  if (isClusterUrl(server)) return { url: server, database: 0, drop: await takeTestCluster(server) }
  const ledger = new Redis(server)
  try {
    const database = await takeDatabase(ledger)
    await ledger.select(database)
    await ledger.flushdb()
    return { url: withDatabase(server, database), database, drop: () => dropDatabase(server, database) }
  } finally {
    ledger.disconnect()
  }
}

/** Database 0 keeps who has which number: `SET NX` decides, and the lease of a process that ended is taken over. */
async function takeDatabase(ledger: Redis): Promise<number> {
  const configured = await readDatabaseCount(ledger)
  for (let database = 1; database < configured; database++) {
    const key = `lease:${database}`
    const owner = `${process.pid}`
    if ((await ledger.set(key, owner, 'NX')) === 'OK') return database
    const holder = await ledger.get(key)
    if (holder === null || identifyProcess(Number(holder)) !== undefined) continue
    if ((await ledger.eval(replaceIfSame, 1, key, holder, owner)) === 1) return database
  }
  throw new Error(`all ${configured} databases of the test Redis are taken`)
}

const replaceIfSame = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[2])
return 1`

async function readDatabaseCount(ledger: Redis): Promise<number> {
  const answer: unknown = await ledger.config('GET', 'databases')
  const count = Number(Array.isArray(answer) ? answer[1] : Reflect.get(Object(answer), 'databases'))
  if (!Number.isInteger(count))
    throw new Error(`Redis does not say how many databases it has: ${JSON.stringify(answer)}`)
  return count
}

async function dropDatabase(server: string, database: number): Promise<void> {
  const client = new Redis(withDatabase(server, database))
  try {
    await client.flushdb()
    await client.select(0)
    await client.del(`lease:${database}`)
  } finally {
    client.disconnect()
  }
}

function withDatabase(serverUrl: string, database: number): string {
  const url = new URL(serverUrl)
  url.pathname = `/${database}`
  return url.href
}

function requireTestRedisUrl(): string {
  const { testRedisUrl } = readStackEnv()
  if (testRedisUrl !== undefined) return testRedisUrl
  throw new Error('no test stack: name the file *.int.test.ts, or set TEST_DATABASE_URL and TEST_REDIS_URL')
}
