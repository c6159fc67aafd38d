import { setTimeout as sleep } from 'node:timers/promises'
import type { Entry } from '@greenroom/contract'
import { readPlaceKey } from '@greenroom/crowd'
import type { HistoryEvent } from '@greenroom/oracles'
import type { Sale } from '../world/open-sale.ts'
import { recordCall } from './history.ts'
import type { LabFan } from './lab-fan.ts'
import type { Stage } from './stage.ts'

/** A turn that has not come by then is left to somebody else. */
const patienceMs = 15_000

/**
 * Takes a place in the line and waits until it is this fan's turn, asking again and again as a fan without a socket does.
 * `undefined`: it did not come, or the gate closed meanwhile; the place is kept, and the same question finds it again.
 */
export async function takeTurn(stage: Stage, fan: LabFan, sale: Sale): Promise<string | undefined> {
  const { concertId } = sale
  const { history } = stage
  const who = { actor: fan.fanId, fanId: fan.fanId, concertId }
  const joined = await recordCall(
    history,
    { op: 'join', ...who },
    () => fan.greenroom.line.join(concertId),
    ({ entry }) => ({ op: 'join', ...describeEntry(entry) }),
  )
  if (joined.outcome !== 'ok') return undefined
  let { entry } = joined.value
  const endMs = performance.now() + patienceMs
  while (performance.now() < endMs && stage.gate.isOpen() && !stage.isOver) {
    if (entry.state === 'active') return entry.pass
    if (entry.state === 'none') return undefined
    if (entry.state === 'offered') {
      noteOffer(joined.event, entry.claimBeforeMs)
      const { pass } = entry
      const entered = await recordCall(
        history,
        { op: 'enter', ...who, place: readPlaceKey(pass) },
        () => fan.greenroom.line.enter(concertId, pass),
        (next) => (next.state === 'active' ? { op: 'enter', untilMs: next.expiresAtMs } : {}),
      )
      if (entered.outcome === 'refused') return undefined
      if (entered.outcome === 'ok' && entered.value.state === 'active') return entered.value.pass
    }
    await sleep(fan.random.between(150, 500))
    const read = await recordCall(
      history,
      { op: 'place', ...who },
      () => fan.greenroom.line.readStatus(concertId),
      (status) => ({ op: 'place', ...describePlace(status.entry) }),
    )
    if (read.outcome === 'refused') return undefined
    if (read.outcome === 'ok') entry = read.value.entry
  }
  return undefined
}

/** The claim window is the same for everybody in a line, so the end of an offer tells when it was made. */
function noteOffer(event: HistoryEvent, claimBeforeMs: number): void {
  if (event.op === 'join' && event.state === 'waiting') event.offerEndsMs ??= claimBeforeMs
}

function describeEntry(entry: Entry): object {
  if (entry.state === 'none') return {}
  if (entry.state === 'waiting') return { state: entry.state, place: readPlaceKey(entry.receipt) }
  const place = readPlaceKey(entry.pass)
  return { state: entry.state, place, ...(entry.state === 'active' ? { untilMs: entry.expiresAtMs } : {}) }
}

function describePlace(entry: Entry): object {
  if (entry.state === 'none') return {}
  if (entry.state !== 'waiting') return { place: readPlaceKey(entry.pass) }
  return { place: readPlaceKey(entry.receipt), ...(entry.ahead === null ? {} : { ahead: entry.ahead }) }
}
