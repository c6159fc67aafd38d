import { setTimeout as sleep } from 'node:timers/promises'
import { mutationOf, queryOf } from './fan-calls.ts'
import type { HttpCall } from './http-load.ts'
import type { BenchShow, InsideFan } from './sale.ts'
import type { Stage } from './stage.ts'

/** Calls made at a steady pace, whatever became of those before: what the server delays is seen, and not left out. */
export type Steady = { asked: number; latenciesMs: number[]; failures: number; failure: string | null }

const perSecond = 200

/** A sale that goes on: half of the calls look at the map, half hold a seat of another show, for so long; `first` were made before. */
export async function requestSteadily(
  { deps }: Stage,
  sale: {
    url: string
    fans: InsideFan[]
    show: BenchShow
    otherShow: BenchShow
    first: number
    forMs: number
  },
): Promise<Steady> {
  const { url, fans, show, otherShow, first, forMs } = sale
  const steady: Steady = { asked: 0, latenciesMs: [], failures: 0, failure: null }
  const call = async (wanted: HttpCall, dueMs: number): Promise<void> => {
    try {
      const reply = await fetch(`${url}${wanted.path}`, {
        method: wanted.method,
        headers: { 'content-type': 'application/json', ...wanted.headers },
        ...(wanted.body === undefined ? {} : { body: wanted.body }),
      })
      const text = await reply.text()
      if (!reply.ok) throw new Error(`status ${reply.status}: ${text.slice(0, 200)}`)
      steady.latenciesMs.push(performance.now() - dueMs)
    } catch (error) {
      steady.failures += 1
      steady.failure ??= String(error)
    }
  }
  const callAt = (at: number): HttpCall => {
    const fan = fans[at % fans.length]
    const seatId = otherShow.seatIds[at % otherShow.seatIds.length]
    if (fan === undefined || seatId === undefined) throw new Error('nobody is there to ask')
    const { fanId, pass } = fan
    if (at % 2 === 0) return queryOf(deps, fanId, 'seats.snapshot', { showId: show.showId, pass })
    return mutationOf(deps, fanId, 'reservations.hold', {
      showId: otherShow.showId,
      seatIds: [seatId],
      pass,
    })
  }
  const beganMs = performance.now()
  const calls: Promise<void>[] = []
  for (let at = 0; (at * 1_000) / perSecond < forMs; at++) {
    const dueMs = beganMs + (at * 1_000) / perSecond
    await sleep(Math.max(0, dueMs - performance.now()))
    calls.push(call(callAt(first + at), dueMs))
    steady.asked += 1
  }
  await Promise.all(calls)
  return steady
}
