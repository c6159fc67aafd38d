import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { type PrivateServer, startPrivateRedis } from '@greenroom/stack'
import { Redis } from 'ioredis'
import { createFreezer } from './freezer.ts'
import { createTurns } from './in-turn.ts'
import { signalOne } from './signal-process.ts'

/** The lab's Redis, as durable as the product's own, and to be mistreated. */
export type RedisControl = {
  /** Past all proxies. */
  url: string
  port: number
  /** for those who copy it */
  server: PrivateServer
  /** Of the lab's own: it waits for Redis to come back. */
  client: Redis
  /** Kill -9; it stays away until `bringUp`. False: it was away already. */
  kill: () => Promise<boolean>
  bringUp: (options?: { isEmptied: boolean }) => Promise<void>
  /** Stands still until `thaw`, or what this answers. `undefined`: it is away, or frozen already. */
  freeze: () => (() => void) | undefined
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
  const freezer = createFreezer(signalOne)
  const inTurn = createTurns()
  return {
    url: server.url,
    port: server.port,
    server,
    client,
    kill: () =>
      inTurn(async () => {
        if (isDown) return false
        isDown = true
        freezer.thaw(server.pid())
        await server.kill()
        noteLoss()
        return true
      }),
    bringUp: ({ isEmptied } = { isEmptied: false }) =>
      inTurn(async () => {
        if (!isDown) return
        if (isEmptied) rmSync(join(server.folder, 'appendonlydir'), { recursive: true, force: true })
        await server.start()
        noteLoss()
        isDown = false
      }),
    freeze: () => (isDown ? undefined : freezer.freeze(server.pid())),
    thaw: () => freezer.thaw(server.pid()),
    noteLoss,
    lostAtMs,
    stop: async () => {
      client.disconnect()
      await server.stop()
    },
  }
}
