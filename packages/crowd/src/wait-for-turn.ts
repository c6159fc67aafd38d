import { greenroomError, readPlaceKey } from '@greenroom/client'
import type { Entry } from '@greenroom/contract'
import type { HistoryEvent } from '@greenroom/oracles'
import { ask } from './ask.ts'
import { askPlaceNowAndThen } from './ask-place.ts'
import type { Crowd, Fan } from './crowd.ts'
import { describeJoin, placeOf } from './describe-entry.ts'
import { nowMs, record, recordShown } from './history.ts'
import { noteOffer } from './note-offer.ts'

export type Turn = { kind: 'inside'; pass: string } | { kind: 'soldOut' | 'neverCame' | 'unfinished' }

/**
 * Joins the line and waits, by socket, until it is this fan's turn, there is nothing left to wait for, or the run is
 * over. A lapsed turn begins again at the end of the line, as it would for a person.
 */
export async function waitForTurn(crowd: Crowd, fan: Fan, isComing: boolean): Promise<Turn> {
  const { concertId } = crowd.concert
  const { greenroom } = fan
  let { entry, joined } = await join(crowd, fan)
  if (entry.state === 'active') return { kind: 'inside', pass: entry.pass }

  const turn = Promise.withResolvers<Turn>()
  let isEntering = false
  const enter = async (pass: string): Promise<void> => {
    if (isEntering) return
    isEntering = true
    try {
      const inside = await claim(crowd, fan, pass)
      if (inside.state === 'active') turn.resolve({ kind: 'inside', pass: inside.pass })
    } catch (error) {
      // too late or no answer: the next reading of the entry says which
      if (greenroomError(error) === undefined) watch.refresh()
    } finally {
      isEntering = false
    }
  }
  const take = (next: Entry): void => {
    entry = next
    if (next.state === 'offered') {
      noteOffer(joined, next)
      if (isComing) void enter(next.pass)
      else turn.resolve({ kind: 'neverCame' })
    } else if (next.state === 'active') {
      recordInside(crowd, fan, next)
      turn.resolve({ kind: 'inside', pass: next.pass })
    } else if (next.state === 'none') void rejoin()
  }
  const rejoin = async (): Promise<void> => {
    try {
      const again = await join(crowd, fan)
      joined = again.joined
      // its turn may have been pushed before it was answered
      noteOffer(joined, entry)
      take(again.entry)
    } catch (error) {
      turn.reject(error)
    }
  }
  const watch = greenroom.live.watchLine(concertId, {
    onEntry: take,
    onPlace: (ahead) => {
      if (ahead !== null && entry.state === 'waiting') recordPlace(crowd, fan, entry, ahead)
    },
    onProgress: ({ phase }) => {
      if (phase === 'soldOut' || phase === 'closed') turn.resolve({ kind: 'soldOut' })
    },
    onRefused: (refusal) => turn.reject(new Error(`the line refused: ${refusal.code}`)),
  })
  const giveUp = (): void => turn.resolve({ kind: 'unfinished' })
  let isOver = false
  askPlaceNowAndThen(crowd, fan, {
    isWaiting: () => entry.state === 'waiting',
    isOver: () => isOver,
  }).catch(turn.reject)
  crowd.signal.addEventListener('abort', giveUp)
  if (crowd.signal.aborted) giveUp()
  try {
    return await turn.promise
  } finally {
    isOver = true
    crowd.signal.removeEventListener('abort', giveUp)
    watch.stop()
  }
}

async function join(
  crowd: Crowd,
  { fanId, greenroom }: Fan,
): Promise<{ entry: Entry; joined: HistoryEvent }> {
  const { concertId } = crowd.concert
  crowd.joinsUnderWay += 1
  try {
    const { value, event } = await ask(
      crowd,
      'join',
      { op: 'join', actor: fanId, fanId, concertId },
      () => greenroom.line.join(concertId),
      ({ entry, draw }) => ({ op: 'join', ...describeJoin(entry), isLottery: draw !== null }),
    )
    crowd.isLottery ||= value.draw !== null
    return { entry: value.entry, joined: event }
  } finally {
    crowd.joinsUnderWay -= 1
  }
}

/** Tried once: an offer does not wait, and the next reading of the entry says what became of it. */
async function claim(crowd: Crowd, { fanId, greenroom }: Fan, pass: string): Promise<Entry> {
  const { concertId } = crowd.concert
  const { value } = await record(
    crowd.history,
    { op: 'enter', actor: fanId, fanId, concertId, place: readPlaceKey(pass) },
    () => crowd.measurements.measure('enter', () => greenroom.line.enter(concertId, pass)),
    (next) => (next.state === 'active' ? { op: 'enter', untilMs: next.expiresAtMs } : {}),
  )
  return value
}

/** Who is told that they are inside has been let in by that. */
function recordInside(crowd: Crowd, fan: Fan, entry: Extract<Entry, { state: 'active' }>): void {
  recordShown(crowd.history, {
    op: 'enter',
    ...shownTo(crowd, fan),
    place: placeOf(entry),
    untilMs: entry.expiresAtMs,
  })
}

function recordPlace(
  crowd: Crowd,
  fan: Fan,
  entry: Extract<Entry, { state: 'waiting' }>,
  ahead: number,
): void {
  recordShown(crowd.history, { op: 'place', ...shownTo(crowd, fan), place: placeOf(entry), ahead })
}

function shownTo({ concert }: Crowd, { fanId }: Fan) {
  const atMs = nowMs()
  const call = { actor: fanId, fanId, startMs: atMs, endMs: atMs, outcome: 'ok' as const }
  return { ...call, concertId: concert.concertId }
}
