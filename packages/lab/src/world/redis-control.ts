import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { startPrivateRedis } from '@greenroom/stack'
import { Redis } from 'ioredis'
import { signalOne } from './signal-process.ts'

/** The lab's Redis, as durable as the product's own, and to be mistreated. */
export type RedisControl = {
  /** Past all proxies. */
  url: string
  port: number
  /** Of the lab's own: it waits for Redis to come back. */
  client: Redis
  /** Kill -9; it stays away until `bringUp`. */
  kill: () => Promise<void>
  bringUp: (options?: { isEmptied: boolean }) => Promise<void>
  freeze: () => void
  thaw: () => void
  /** Something in it was lost just now. */
  noteLoss: () => void
  /** When something was lost, in milliseconds since 1970. */
  lostAtMs: readonly number[]
  stop: () => Promise<void>
}

export async function startRedisControl(): Promise<RedisControl> {
  const server = await startPrivateRedis()
  const client = new Redis(server.url, { maxRetriesPerRequest: null, retryStrategy: () => 100 })
  // each failed connect is an event; what was asked waits
  client.on('error', () => undefined)
  const lostAtMs: number[] = []
  const noteLoss = (): void => {
    lostAtMs.push(performance.timeOrigin + performance.now())
  }
  let isDown = false
  let change: Promise<void> = Promise.resolve()
  const inTurn = async (work: () => Promise<void>): Promise<void> => {
    change = change.then(work, work)
    await change
  }
  return {
    url: server.url,
    port: server.port,
    client,
    kill: () =>
      inTurn(async () => {
        if (isDown) return
        isDown = true
        signalOne(server.pid(), 'SIGCONT')
        await server.kill()
        noteLoss()
      }),
    bringUp: ({ isEmptied } = { isEmptied: false }) =>
      inTurn(async () => {
        if (!isDown) return
        if (isEmptied) rmSync(join(server.folder, 'appendonlydir'), { recursive: true, force: true })
        await server.start()
        noteLoss()
        isDown = false
      }),
    freeze: () => {
      if (!isDown) signalOne(server.pid(), 'SIGSTOP')
    },
    thaw: () => {
      if (!isDown) signalOne(server.pid(), 'SIGCONT')
    },
    noteLoss,
    lostAtMs,
    stop: async () => {
      client.disconnect()
      await server.stop()
    },
  }
}
