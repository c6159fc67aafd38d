import type { Greenroom, SeatState, ShowWatch } from '@greenroom/client'
import type { ShowId } from '@greenroom/contract'
import type { Crowd } from './crowd.ts'

/** Opens the live map; resolves when it shows all seats. Rejects when the server refuses or the run ends. */
export async function lookAtSeats(
  crowd: Crowd,
  greenroom: Greenroom,
  where: { showId: ShowId; pass: string },
): Promise<{ seats: SeatState; watch: ShowWatch }> {
  const first = Promise.withResolvers<SeatState>()
  const watch = greenroom.live.watchShow(where.showId, where.pass, {
    onSnapshot: first.resolve,
    onFrame: () => undefined,
    onRefused: (refusal) => first.reject(new Error(`the map refused: ${refusal.code}`)),
  })
  const giveUp = (): void => first.reject(new Error('the run is over'))
  crowd.signal.addEventListener('abort', giveUp)
  try {
    const seats = await crowd.measurements.measure('map', () => first.promise)
    return { seats, watch }
  } catch (error) {
    watch.stop()
    throw error
  } finally {
    crowd.signal.removeEventListener('abort', giveUp)
  }
}
