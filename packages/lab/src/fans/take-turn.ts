import { setTimeout as sleep } from 'node:timers/promises'
import { readPlaceKey } from '@greenroom/client'
import type { Entry } from '@greenroom/contract'
import { describeJoin, noteOffer, nowMs, placeOf, recordCall, recordShown } from '@greenroom/crowd'
import type { HistoryEvent } from '@greenroom/oracles'
import type { Sale } from '../world/open-sale.ts'
import type { LabFan } from './lab-fan.ts'
import type { Stage } from './stage.ts'
import { waitByAsking, waitBySocket } from './wait-in-line.ts'

/** After no answer: others want to be served, too. */
const pauseMs = { min: 100, max: 500 }

/**
 * Takes a place in the line, waits until it is this fan's turn, and claims it. `undefined`: it did not come, or the gate
 * closed meanwhile; the place is kept, and the same question finds it again.
 */
export async function takeTurn(stage: Stage, fan: LabFan, sale: Sale): Promise<string | undefined> {
  const { concertId } = sale
  const who = { actor: fan.actor, fanId: fan.fanId, concertId }
  const joined = await recordCall(
    stage.history,
    { op: 'join', ...who },
    () => fan.greenroom.line.join(concertId),
    ({ entry }) => ({ op: 'join', ...describeJoin(entry) }),
  )
  if (joined.outcome !== 'ok') {
    await sleep(fan.random.between(pauseMs.min, pauseMs.max))
    return undefined
  }
  const { entry } = joined.value
  if (entry.state === 'active') return entry.pass
  const wait = fan.hasSocket ? waitBySocket : waitByAsking
  const turn = await wait(stage, fan, sale, entry)
  if (turn === undefined) return undefined
  if (turn.state === 'active') {
    recordShown(stage.history, describeEntry(joined.event, { concertId, entry: turn }))
    return turn.pass
  }
  noteOffer(joined.event, turn)
  return await claim(stage, fan, sale, turn.pass)
}

async function claim(
  stage: Stage,
  fan: LabFan,
  { concertId }: Sale,
  pass: string,
): Promise<string | undefined> {
  const entered = await recordCall(
    stage.history,
    { op: 'enter', actor: fan.actor, fanId: fan.fanId, concertId, place: readPlaceKey(pass) },
    () => fan.greenroom.line.enter(concertId, pass),
    (next) => (next.state === 'active' ? { op: 'enter', untilMs: next.expiresAtMs } : {}),
  )
  return entered.outcome === 'ok' && entered.value.state === 'active' ? entered.value.pass : undefined
}

/**
 * Who is told that they are inside has been let in by that: a claim whose answer was a refusal, because Redis was lost under
 * it, counts all the same, since Postgres has noted it. When it was so is not known but for after the join: what is pushed
 * can be late, and by then another device may have spent the place.
 */
export function describeEntry(
  { actor, fanId, startMs }: HistoryEvent,
  { concertId, entry }: { concertId: number; entry: Extract<Entry, { state: 'active' }> },
): HistoryEvent {
  const call = { actor, fanId, concertId, startMs, endMs: nowMs(), outcome: 'ok' as const }
  return { op: 'enter', ...call, place: placeOf(entry), untilMs: entry.expiresAtMs }
}
