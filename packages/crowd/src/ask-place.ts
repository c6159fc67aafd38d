import { setTimeout as sleep } from 'node:timers/promises'
import type { Crowd, Fan } from './crowd.ts'
import { describeReading } from './describe-entry.ts'
import { recordCall } from './history.ts'

/** Fans of one run who ask at a time: enough to compare what they are told, and at most fifty calls a second. */
const mostAsking = 50
const askEveryMs = { min: 1_000, max: 3_000 }

/**
 * Asks what the server says of the own place, now and then while the fan waits: a page shows a number that never rises by
 * itself, so only what was told proves that the line did not push the fan back. No answer is no matter, the next one is as good.
 */
export async function askPlaceNowAndThen(
  crowd: Crowd,
  { fanId, greenroom }: Fan,
  { isWaiting, isOver }: { isWaiting: () => boolean; isOver: () => boolean },
): Promise<void> {
  const { concertId } = crowd.concert
  let isAsking = false
  const pause = () =>
    sleep(askEveryMs.min + crowd.options.random() * (askEveryMs.max - askEveryMs.min), undefined, {
      ref: false,
    })
  try {
    for (await pause(); !isOver() && !crowd.signal.aborted; await pause()) {
      if (!isAsking && crowd.asking >= mostAsking) continue
      if (!isAsking) crowd.asking += 1
      isAsking = true
      if (!isWaiting()) continue
      await recordCall(
        crowd.history,
        // beside the calls of the fan's own evening, of which there is one at a time
        { op: 'place', actor: -fanId, fanId, concertId },
        () => crowd.measurements.measure('place', () => greenroom.line.readStatus(concertId)),
        ({ entry }) => ({ op: 'place', ...describeReading(entry) }),
      )
    }
  } finally {
    if (isAsking) crowd.asking -= 1
  }
}
