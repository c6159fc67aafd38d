import { setTimeout as sleep } from 'node:timers/promises'
import { type Greenroom, greenroomError } from '@greenroom/client'
import type { ShowId } from '@greenroom/contract'
import { buySeats } from './buy-seats.ts'
import { type Crowd, count, type Fan, move, type Outcome, type Stage } from './crowd.ts'
import { holdSomeSeats } from './hold-some-seats.ts'
import { keepTrying } from './keep-trying.ts'
import { lookAtSeats } from './look-at-seats.ts'
import { waitForTurn } from './wait-for-turn.ts'

/** One fan's evening, from the line to the ticket or the way home. Never rejects: what went wrong is counted. */
export async function runFan(crowd: Crowd, fan: Fan, greenroom: Greenroom): Promise<void> {
  let stage: Stage = 'signedUp'
  const enter = (next: Stage): void => {
    move(crowd, stage, next)
    stage = next
  }
  try {
    count(crowd.outcomes, await live(crowd, fan, greenroom, enter))
  } catch (error) {
    count(crowd.outcomes, crowd.signal.aborted ? 'unfinished' : 'failed')
    count(crowd.failures, greenroomError(error)?.code ?? describe(error))
  } finally {
    enter('done')
  }
}

async function live(
  crowd: Crowd,
  fan: Fan,
  greenroom: Greenroom,
  enter: (stage: Stage) => void,
): Promise<Outcome> {
  const { random, absent, abandon, thinkMs } = crowd.options
  enter('waiting')
  const turn = await waitForTurn(crowd, greenroom, random() >= absent)
  if (turn.kind !== 'inside') {
    if (turn.kind === 'soldOut') await leave(crowd, greenroom)
    return turn.kind
  }
  enter('inside')
  await sleep(random() * thinkMs)
  const showId = pickShow(crowd)
  const { seats, watch } = await lookAtSeats(crowd, greenroom, { showId, pass: turn.pass })
  try {
    const reservation = await holdSomeSeats(crowd, greenroom, { showId, pass: turn.pass, seats })
    if (reservation === undefined) {
      await leave(crowd, greenroom)
      return 'soldOut'
    }
    enter('holding')
    await sleep(random() * thinkMs)
    if (random() >= abandon) return await buySeats(crowd, fan, greenroom, reservation)
    if (random() < 0.5) {
      crowd.returned.leftSeats += reservation.seats.length
      return 'walkedAway'
    }
    const { reservationId } = reservation
    await keepTrying({ ...crowd.options, signal: crowd.signal }, () =>
      crowd.measurements.measure('release', () =>
        greenroom.api.reservations.release.mutate({ reservationId }),
      ),
    )
    crowd.returned.releasedSeats += reservation.seats.length
    await leave(crowd, greenroom)
    return 'gaveBack'
  } finally {
    watch.stop()
  }
}

/** Gives the place to somebody else. A polite gesture: a pass that is not given back runs out. */
async function leave(crowd: Crowd, greenroom: Greenroom): Promise<void> {
  try {
    await greenroom.line.leave(crowd.concert.concertId)
  } catch (error) {
    count(crowd.failures, `leaving: ${greenroomError(error)?.code ?? describe(error)}`)
  }
}

function pickShow(crowd: Crowd): ShowId {
  const { shows } = crowd.concert
  const show = shows[Math.floor(crowd.options.random() * shows.length)]
  if (show === undefined) throw new Error('the concert has no dates')
  return crowd.options.showId ?? show.showId
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
