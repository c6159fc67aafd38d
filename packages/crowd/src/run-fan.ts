import { setTimeout as sleep } from 'node:timers/promises'
import type { ShowId } from '@greenroom/contract'
import { ask } from './ask.ts'
import { buySeats } from './buy-seats.ts'
import { type Crowd, count, type Fan, move, type Outcome, type Stage } from './crowd.ts'
import { failureOf } from './failure-of.ts'
import { holdSomeSeats } from './hold-some-seats.ts'
import { lookAtSeats } from './look-at-seats.ts'
import { waitForTurn } from './wait-for-turn.ts'

/** One fan's evening, from the line to the ticket or the way home. Never rejects: what went wrong is counted. */
export async function runFan(crowd: Crowd, fan: Fan): Promise<void> {
  let stage: Stage = 'signedUp'
  const enter = (next: Stage): void => {
    move(crowd, stage, next)
    stage = next
  }
  try {
    count(crowd.outcomes, await live(crowd, fan, enter))
  } catch (error) {
    count(crowd.outcomes, crowd.signal.aborted ? 'unfinished' : 'failed')
    count(crowd.failures, failureOf(error))
  } finally {
    enter('done')
  }
}

async function live(crowd: Crowd, fan: Fan, enter: (stage: Stage) => void): Promise<Outcome> {
  const { random, absent, thinkMs } = crowd.options
  enter('waiting')
  const turn = await waitForTurn(crowd, fan, random() >= absent)
  if (turn.kind !== 'inside') {
    if (turn.kind === 'soldOut') await leave(crowd, fan)
    return turn.kind
  }
  enter('inside')
  await sleep(random() * thinkMs)
  for (const showId of preferredShows(crowd)) {
    const outcome = await tryDate(crowd, fan, { showId, pass: turn.pass }, enter)
    if (outcome !== undefined) return outcome
  }
  await leave(crowd, fan)
  return 'soldOut'
}

/** One date: `undefined` when it had no seats left for this fan. */
async function tryDate(
  crowd: Crowd,
  fan: Fan,
  where: { showId: ShowId; pass: string },
  enter: (stage: Stage) => void,
): Promise<Outcome | undefined> {
  const { random, abandon, thinkMs } = crowd.options
  const { seats, watch } = await lookAtSeats(crowd, fan.greenroom, where)
  try {
    const reservation = await holdSomeSeats(crowd, fan, { ...where, seats })
    if (reservation === undefined) return undefined
    enter('holding')
    await sleep(random() * thinkMs)
    if (random() >= abandon) return await buySeats(crowd, fan, reservation)
    if (random() < 0.5) {
      crowd.returned.leftSeats += reservation.seats.length
      return 'walkedAway'
    }
    const { reservationId } = reservation
    const { fanId, greenroom } = fan
    await ask(crowd, 'release', { op: 'release', actor: fanId, fanId, reservationId }, () =>
      greenroom.api.reservations.release.mutate({ reservationId }),
    )
    crowd.returned.releasedSeats += reservation.seats.length
    await leave(crowd, fan)
    return 'gaveBack'
  } finally {
    watch.stop()
  }
}

/** Gives the place to somebody else. A polite gesture: a pass that is not given back runs out. */
export async function leave(crowd: Crowd, { fanId, greenroom }: Fan): Promise<void> {
  const { concertId } = crowd.concert
  try {
    await ask(crowd, 'leave', { op: 'leave', actor: fanId, fanId, concertId }, () =>
      greenroom.line.leave(concertId),
    )
  } catch (error) {
    count(crowd.failures, `leaving: ${failureOf(error)}`)
  }
}

/** The date that was asked for, else all of them, each fan beginning with another. */
function preferredShows(crowd: Crowd): ShowId[] {
  const { showId, random } = crowd.options
  if (showId !== undefined) return [showId]
  const showIds = crowd.concert.shows.map((show) => show.showId)
  const first = Math.floor(random() * showIds.length)
  return [...showIds.slice(first), ...showIds.slice(0, first)]
}
