import type { AdmissionPace, ConcertId, QueueProgress } from '@greenroom/contract'
import type { Deps } from '../platform/deps.ts'
import { listLines, readAdmissionPace, readIsAdmitting, readProgress } from '../waiting-room/index.ts'

export type LineFigures = {
  concertId: ConcertId
  progress: QueueProgress
  /** Whether somebody who waits ought to be let in. */
  isAdmitting: boolean
  pace: AdmissionPace
}

/** A scrape asks Redis three times for each, and each is a series in every panel. */
const mostLines = 50

/**
 * The numbers of the lines that want ticks, for metrics: of the 50 newest concerts when there are more. A line that cannot be told
 * now is left out. Rejects when Postgres is away.
 */
export async function readLineFigures(deps: Deps): Promise<LineFigures[]> {
  const lines = (await listLines(deps)).slice(-mostLines)
  const figures = await Promise.allSettled(
    lines.map(async (concertId) => {
      const [progress, isAdmitting, pace] = await Promise.all([
        readProgress(deps, concertId),
        readIsAdmitting(deps, concertId),
        readAdmissionPace(deps, concertId),
      ])
      return { concertId, progress, isAdmitting, pace }
    }),
  )
  return figures.flatMap((each) => (each.status === 'fulfilled' ? each.value : []))
}
