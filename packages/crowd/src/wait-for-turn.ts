import { type Greenroom, greenroomError } from '@greenroom/client'
import type { Entry } from '@greenroom/contract'
import type { JoinEvent } from '@greenroom/oracles'
import type { Crowd, Fan } from './crowd.ts'
import { keepTrying } from './keep-trying.ts'
import { readPlaceKey } from './place-key.ts'

export type Turn = { kind: 'inside'; pass: string } | { kind: 'soldOut' | 'neverCame' | 'unfinished' }

/**
 * Joins the line and waits, by socket, until it is this fan's turn, there is nothing left to wait for, or the run is
 * over. A lapsed turn begins again at the end of the line, as it would for a person.
 */
export async function waitForTurn(
  crowd: Crowd,
  fan: Fan,
  greenroom: Greenroom,
  isComing: boolean,
): Promise<Turn> {
  const { concertId } = crowd.concert
  const { entry, seen } = await join(crowd, fan, greenroom)
  if (entry.state === 'active') return { kind: 'inside', pass: entry.pass }

  const turn = Promise.withResolvers<Turn>()
  let isEntering = false
  const enter = async (pass: string): Promise<void> => {
    if (isEntering) return
    isEntering = true
    try {
      const inside = await crowd.measurements.measure('enter', () => greenroom.line.enter(concertId, pass))
      if (inside.state === 'active') turn.resolve({ kind: 'inside', pass: inside.pass })
    } catch (error) {
      // too late or no answer: the next reading of the entry says which
      if (greenroomError(error) === undefined) watch.refresh()
    } finally {
      isEntering = false
    }
  }
  const take = (next: Entry): void => {
    if (next.state === 'offered') {
      if (seen !== undefined) seen.offerEndsMs ??= next.claimBeforeMs
      if (isComing) void enter(next.pass)
      else turn.resolve({ kind: 'neverCame' })
    } else if (next.state === 'active') turn.resolve({ kind: 'inside', pass: next.pass })
    else if (next.state === 'none') void rejoin()
  }
  const rejoin = async (): Promise<void> => {
    try {
      take((await greenroom.line.join(concertId)).entry)
    } catch (error) {
      turn.reject(error)
    }
  }
  const watch = greenroom.live.watchLine(concertId, {
    onEntry: take,
    onProgress: ({ phase }) => {
      if (phase === 'soldOut' || phase === 'closed') turn.resolve({ kind: 'soldOut' })
    },
    onRefused: (refusal) => turn.reject(new Error(`the line refused: ${refusal.code}`)),
  })
  const giveUp = (): void => turn.resolve({ kind: 'unfinished' })
  crowd.signal.addEventListener('abort', giveUp)
  if (crowd.signal.aborted) giveUp()
  try {
    return await turn.promise
  } finally {
    crowd.signal.removeEventListener('abort', giveUp)
    watch.stop()
  }
}

/** Takes a place, and notes which it was for the check of the order. */
async function join(
  crowd: Crowd,
  fan: Fan,
  greenroom: Greenroom,
): Promise<{ entry: Entry; seen: JoinEvent | undefined }> {
  const startMs = performance.timeOrigin + performance.now()
  crowd.joinsUnderWay += 1
  try {
    const { entry, draw } = await keepTrying({ ...crowd.options, signal: crowd.signal }, () =>
      crowd.measurements.measure('join', () => greenroom.line.join(crowd.concert.concertId)),
    )
    crowd.isLottery ||= draw !== null
    if (entry.state === 'none') return { entry, seen: undefined }
    const place = readPlaceKey(entry.state === 'waiting' ? entry.receipt : entry.pass)
    const seen: JoinEvent = {
      op: 'join',
      actor: fan.number,
      fanId: fan.number,
      concertId: crowd.concert.concertId,
      startMs,
      endMs: performance.timeOrigin + performance.now(),
      outcome: 'ok',
      state: entry.state,
      place,
      isLottery: draw !== null,
    }
    crowd.joins.push(seen)
    return { entry, seen }
  } finally {
    crowd.joinsUnderWay -= 1
  }
}
