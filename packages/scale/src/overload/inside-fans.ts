import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { SeatId, ShowId } from '@greenroom/contract'
import { type Call, type Connection, openConnection, requestText } from './socket-call.ts'

/** A fan with a pass, and seats that nobody else wants. */
export type InsideFan = { token: string; pass: string; showId: ShowId; seatIds: SeatId[] }

/** One call of a fan inside, by this process's monotonic clock. */
export type InsideCall = {
  name: 'snapshot' | 'hold' | 'charge'
  beganMs: number
  tookMs: number
  ok: boolean
}

export type InsideFans = { calls: InsideCall[]; stop: () => Promise<void> }

/** Between two calls of one fan; spread, so that fans do not act together. */
const pauseMs = { least: 50, spread: 100 }

/**
 * Fans inside who go on all the time, at a pace that the server keeps up with easily: each looks at the map, holds another of
 * their own seats (which gives the one before back), and charges their wallet.
 */
export function startInsideFans(port: number, fans: readonly InsideFan[]): InsideFans {
  const calls: InsideCall[] = []
  let isOver = false
  const live = async (fan: InsideFan): Promise<void> => {
    const connection = await openConnection(port)
    for (let turn = 0; !isOver; turn++) {
      for (const { name, call } of evening(fan, turn)) {
        if (isOver) break
        calls.push(await time(connection, requestText(port, call), name))
        await sleep(pauseMs.least + Math.random() * pauseMs.spread)
      }
    }
    connection.close()
  }
  const all = Promise.all(fans.map(live))
  return {
    calls,
    stop: async () => {
      isOver = true
      await all
    },
  }
}

function evening(
  { token, pass, showId, seatIds }: InsideFan,
  turn: number,
): { name: InsideCall['name']; call: Call }[] {
  const post = (path: string, body: object): Call => ({ method: 'POST', path: `/trpc/${path}`, token, body })
  const input = encodeURIComponent(JSON.stringify({ showId, pass }))
  const [first, ...others] = seatIds
  // the first seat is in each of their holds, so that each new one takes the place of the one before
  const wanted = [first, others[turn % others.length]]
  return [
    { name: 'snapshot', call: { method: 'GET', path: `/trpc/seats.snapshot?input=${input}`, token } },
    { name: 'hold', call: post('reservations.hold', { showId, pass, seatIds: wanted }) },
    {
      name: 'charge',
      call: post('wallet.charge', { amountMinor: 1_000, idempotencyKey: randomUUID() }),
    },
  ]
}

async function time(connection: Connection, request: string, name: InsideCall['name']): Promise<InsideCall> {
  const beganMs = performance.now()
  const { status } = await connection.ask(request)
  return { name, beganMs, tookMs: performance.now() - beganMs, ok: status === 200 }
}
