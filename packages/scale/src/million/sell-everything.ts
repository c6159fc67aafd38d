import { setTimeout as sleep } from 'node:timers/promises'
import type { BenchShow } from '@greenroom/bench'
import { admit, openSeatMirror, relayEvents, type SeatMirror } from '@greenroom/core'
import { askUntilAnswered } from './ask-until-answered.ts'
import { spendEvening } from './spend-evening.ts'
import type { Crowd } from './stand-in-line.ts'

export type SaleCounts = {
  /** Fans let in, and those of them who bought. */
  admitted: number
  buyers: number
  seatsPaid: number
  /** Holds refused because somebody else was faster; each was tried again with other seats. */
  lostRaces: number
  /** Fans who held seats and gave them back. */
  gaveBack: number
  /** Fans for whom nothing was left. */
  tooLate: number
  ticks: number
  /** How long a tick took, in ms, while nearly everybody was still in line. */
  tickMs: number[]
  /** Most fans inside at the same time, as the ticks counted. */
  mostInside: number
  /** Calls of the core that fans made, which would each be a request. */
  calls: number
  /** Seconds from the opening to the last payment. */
  seconds: number
}

export type SellOptions = Crowd & { show: BenchShow; capacity: number; say: (line: string) => void }

/** As the api has it: certain losers are refused without SQL. */
export type SellParts = SellOptions & { mirror: SeatMirror }

/** Workers tick each second; without a network and with nobody thinking, ten times a second is the same tempo. */
const tickEveryMs = 100
/** A whole crowd never goes so long without a payment. */
const longestStallMs = 60_000

/** Ticks the line and sends everybody it lets in to buy, until every seat is paid. Rejects with the first fan's failure. */
export async function sellEverything(options: SellOptions): Promise<SaleCounts> {
  const mirror = openSeatMirror(options.deps)
  try {
    const counts = await sellAll({ ...options, mirror })
    // what a worker does meanwhile: every payment is told to whoever asked for events
    await relayEvents(options.deps)
    return counts
  } finally {
    await mirror.close()
  }
}

async function sellAll(options: SellParts): Promise<SaleCounts> {
  const { deps, concertId, fanIds, book, show, say } = options
  const counts: SaleCounts = {
    admitted: 0,
    buyers: 0,
    seatsPaid: 0,
    lostRaces: 0,
    gaveBack: 0,
    tooLate: 0,
    ticks: 0,
    tickMs: [],
    mostInside: 0,
    calls: 0,
    seconds: 0,
  }
  const firstFanId = requireRun(fanIds)
  const free = new Set(show.seatIds)
  const evenings = new Set<Promise<void>>()
  const failure = Promise.withResolvers<never>()
  const beganMs = performance.now()
  let progressMs = beganMs
  let saidSeats = 0
  const send = (fan: number): void => {
    const fanId = fanIds[fan]
    if (fanId === undefined) throw new Error('a tick let somebody in who never joined')
    const evening = spendEvening({ ...options, fanId, fan, free, counts })
      .then(() => {
        progressMs = performance.now()
      })
      .catch(failure.reject)
      .finally(() => evenings.delete(evening))
    evenings.add(evening)
  }
  while (counts.seatsPaid < show.seatIds.length) {
    const askedMs = performance.now()
    const { offered, progress } = await Promise.race([
      askUntilAnswered(() => admit(deps, { concertId })),
      failure.promise,
    ])
    counts.tickMs.push(performance.now() - askedMs)
    counts.ticks += 1
    counts.admitted += offered.length
    counts.mostInside = Math.max(counts.mostInside, progress.active)
    const fans = offered.map((fanId) => fanId - firstFanId)
    book.letIn(fans)
    for (const fan of fans) send(fan)
    if (counts.seatsPaid - saidSeats >= show.seatIds.length / 10) {
      saidSeats = counts.seatsPaid
      say(`${saidSeats} seats paid, ${counts.admitted} let in, ${progress.waiting} wait`)
    }
    if (performance.now() - progressMs > longestStallMs) throw new Error('the sale stands still')
    await Promise.race([sleep(Math.max(0, tickEveryMs - (performance.now() - askedMs))), failure.promise])
  }
  counts.seconds = (performance.now() - beganMs) / 1_000
  await Promise.race([Promise.all(evenings), failure.promise])
  return counts
}

/** The first of ids that follow each other without a gap, so that a fan's number is found without a table of a million. */
function requireRun(ids: readonly number[]): number {
  const [first] = ids
  const last = ids.at(-1)
  if (first === undefined || last === undefined || last - first !== ids.length - 1)
    throw new Error('the accounts were not made one after the other')
  return first
}
