import { DomainError } from '@greenroom/contract'
import type { HistoryEvent } from '@greenroom/oracles'
import type { PostgresServer } from '../postgres/postgres-server.ts'
import type { Row } from '../postgres/rows.ts'
import type { SaleSettings } from '../postgres/statement.ts'
import type { FanPlace } from '../postgres/tables.ts'
import type { RedisReply, RedisServer } from '../redis/redis-server.ts'
import type { Scheduler } from '../scheduler.ts'
import { checkChange, of } from './check-change.ts'
import { createPlaceBook, type PlaceBook } from './place-book.ts'

export type Fault = { oracle: string; fault: string; step: number }

/** How `join.lua` begins. */
const joinTitle = "-- Finds a fan's place"

/** Sees every commit, script and answer of a run, and says when something is so that must never be. */
export type Witness = {
  faults: Fault[]
  /** Every call for seats or money, as its caller saw it. */
  history: HistoryEvent[]
  places: PlaceBook
  report: (oracle: string, fault: string) => void
  seeCommit: (changed: Row<unknown>[]) => void
  seeScript: (server: RedisServer, source: string, keys: string[], args: string[], reply: RedisReply) => void
  /** What a caller was told that is no refusal: outages are to be expected, nothing else is. */
  seeError: (error: unknown) => void
  /** Redis lost something, or may have. */
  seeLoss: () => void
}

export function createWitness(world: {
  scheduler: Scheduler
  settings: SaleSettings
  postgres: PostgresServer
  fanIds: number[]
}): Witness {
  const { scheduler, settings, postgres } = world
  const faults: Fault[] = []
  const report = (oracle: string, fault: string): void => {
    faults.push({ oracle, fault, step: scheduler.steps() })
  }
  const places = createPlaceBook(report, settings)
  let waiting: ReadonlyMap<string, number> = new Map()
  const entered: { place: FanPlace; atMs: number }[] = []

  return {
    faults,
    history: [],
    places,
    report,
    seeCommit: (changed) => {
      for (const found of checkChange(postgres.tables, changed)) report(found.oracle, found.fault)
      const atMs = scheduler.nowMs()
      for (const place of of(changed, postgres.tables.entered)) entered.push({ place, atMs })
      for (const { fanId, paidAtMs } of of(changed, postgres.tables.payments)) {
        // a turn that began while the payment was under way may outlive it
        const last = entered.findLast(
          ({ place, atMs: sinceMs }) => place.fanId === fanId && sinceMs <= paidAtMs,
        )
        if (last !== undefined) places.noteSpent(fanId, last.place, atMs)
      }
    },
    seeScript: (server, source, keys, args, reply) => {
      if (!source.includes('-- KEYS  the keys of one line')) return
      checkPlaces(server.memory.scores(keys[1] ?? ''), source, args[0] ?? '')
      const insideKey = keys[2] ?? ''
      const inside = server.memory.scores(insideKey).size
      if (inside > settings.capacity) report('capacity', `${inside} inside where ${settings.capacity} fit`)
      if (Array.isArray(reply) && reply.length === 10) checkOrder(server, keys, reply[8])
    },
    seeError: (error) => {
      if (error instanceof DomainError || isOutage(error)) return
      report('no-surprises', error instanceof Error ? (error.stack ?? error.message) : String(error))
    },
    seeLoss: () => {
      waiting = new Map()
      places.noteLoss(scheduler.nowMs())
    },
  }

  /** Who waits and asks again stands where they stood, or further ahead. */
  function checkPlaces(now: ReadonlyMap<string, number>, source: string, fan: string): void {
    const [before, after] = [waiting.get(fan), now.get(fan)]
    if (source.startsWith(joinTitle) && before !== undefined && after !== undefined && after > before)
      report('same-place', `fan ${fan} stood at ${before}, asked again and stands at ${after}`)
    waiting = new Map(now)
  }

  /** Whoever a tick let in stood before everybody it left waiting. */
  function checkOrder(server: RedisServer, keys: string[], offered: RedisReply | undefined): void {
    const first = Math.min(...server.memory.scores(keys[1] ?? '').values())
    const passes = server.memory.hash(keys[3] ?? '')
    for (const fan of Array.isArray(offered) ? offered : []) {
      const place = Number(passes.get(String(fan))?.split(':')[1])
      if (place > first) report('fifo', `fan ${String(fan)} at ${place} was let in before ${first}`)
    }
  }
}

const outages =
  /^(Command timed out|Connection terminated unexpectedly|socket hang up|simulated (40P01|55P03|25P02)|no process)/

function isOutage(error: unknown): boolean {
  return error instanceof Error && outages.test(error.message)
}
