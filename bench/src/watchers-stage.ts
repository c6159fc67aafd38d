import type { ShowId } from '@greenroom/contract'
import { type Deps, readSeatPosition, relayOutbox } from '@greenroom/core'
import { startProcesses } from '@greenroom/stack'
import { type Effort, seatsFor } from './operation.ts'
import { readMemoryMiB } from './process-cost.ts'
import { type BenchShow, type InsideFan, letIn, openSale } from './sale.ts'
import { bearerOf } from './session-token.ts'
import type { Stage } from './stage.ts'
import { startTold, type Told } from './watchers-child.ts'

/** A crowd on one server, and what each of its connections cost the server in memory. */
export type Crowd = { server: { pid: number }; told: Told; bytesPerSocket: number }

export type WatchersStage = {
  show: BenchShow
  fans: InsideFan[]
  count: number
  /** The real gateway, and a crowd that watches the show there. */
  gateway: Crowd
  /** A bare `ws` server, and as many sockets. */
  bare: Crowd & { server: Told }
  close: () => Promise<void>
}

const watchers = 5_000
/** What the gateway keeps for the whole process (compiled code, grown buffers) is there before anything is counted. */
const firstSockets = 200

/** Everybody inside one show's sale, watching it. */
export async function openWatchers(stage: Stage, effort: Effort): Promise<WatchersStage> {
  const { deps, settings } = stage
  const count = Math.ceil(watchers * effort.share)
  const { concertId, shows } = await openSale(deps, {
    seatCount: seatsFor(effort, 10_000),
    showCount: 1,
    capacity: 1_000_000,
  })
  const [show] = shows
  if (show === undefined) throw new Error('a show was asked for')
  const fans = await letIn(deps, concertId, count)
  const app = await startProcesses({
    databaseUrl: settings.databaseUrl,
    redisUrl: settings.redisUrl,
    without: ['api', 'worker'],
    env: { SECRET: settings.secret, LOG_LEVEL: 'error' },
  })
  const opened: Told[] = []
  const start = async (file: string): Promise<Told> => {
    const told = await startTold(file)
    opened.push(told)
    return told
  }
  const close = async (): Promise<void> => {
    await Promise.all([app.stop(), ...opened.map((told) => told.close())])
  }
  try {
    const server = await start('./watchers-bare-server.ts')
    const gateway = await openCrowd(await start('./watchers-crowd.ts'), { pid: app.gateway.pid() }, count, {
      ...gatewayAddress(app.gatewayUrl),
      greetings: greetingsOf(deps, show.showId, fans),
    })
    const bare = await openCrowd(await start('./watchers-crowd.ts'), server, count, {
      port: server.port,
      path: '/',
      greetings: null,
    })
    return { show, fans, count, gateway, bare: { ...bare, server }, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** Where a Socket.IO client that begins with WebSocket connects. */
export const gatewayAddress = (url: string): { port: number; path: string } => ({
  port: Number(new URL(url).port),
  path: '/socket.io/?EIO=4&transport=websocket',
})

/** Who each socket says it is, and what it asks to watch. */
export function greetingsOf(deps: Deps, showId: ShowId, fans: readonly InsideFan[]): Greeting[] {
  return fans.map(({ fanId, pass }) => ({
    token: bearerOf(deps, fanId).authorization.replace('Bearer ', ''),
    watch: JSON.stringify({ showId, pass }),
  }))
}

type Greeting = { token: string; watch: string }
/** Publishes what is left to publish, and waits until the whole crowd has it. */
export async function settleCrowd(deps: Deps, showId: ShowId, crowd: Told): Promise<void> {
  while ((await relayOutbox(deps)) > 0);
  await crowd.tell({ until: { position: await readSeatPosition(deps, showId) } })
}

type Where = { port: number; path: string; greetings: Greeting[] | null }

async function openCrowd(told: Told, server: { pid: number }, count: number, where: Where): Promise<Crowd> {
  const open = async (sockets: number, greetings: Where['greetings']): Promise<void> => {
    await told.tell({ open: { ...where, greetings, count: sockets } })
  }
  const first = Math.min(firstSockets, Math.floor(count / 2))
  await open(first, where.greetings?.slice(0, first) ?? null)
  const beforeMiB = readMemoryMiB(server.pid)
  await open(count - first, where.greetings?.slice(first) ?? null)
  const grownBytes = (readMemoryMiB(server.pid) - beforeMiB) * 1024 ** 2
  // few sockets may find room in what was there
  const bytesPerSocket = Math.max(1, grownBytes) / (count - first)
  return { server, told, bytesPerSocket }
}
