import { type TimelineInput, type TimelinePage, timelineEvent } from '@greenroom/contract'
import { readFan } from '../accounts/index.ts'
import type { Deps } from '../platform/deps.ts'
import { findLineKnowledge, findTimeline, type TimelineCursor, type TimelineRow } from './timeline-store.ts'

/**
 * What happened to a fan, newest first: the place in each line, holds, payments, money, tickets, the gate. Of others nothing is
 * told but that a seat is another fan's now. What a line's moves are known from, to and without stands beside it, since a move
 * that is not told may not have been kept; holds that were refused are not written down anywhere. NOT_FOUND when there is no such
 * fan, or an operator has that id.
 */
export async function readTimeline(deps: Deps, input: TimelineInput): Promise<TimelinePage> {
  const { fanId, concertId, limit } = input
  await readFan(deps, fanId)
  const found = await findTimeline(deps.db, {
    fanId,
    concertId,
    cursor: input.cursor === undefined ? undefined : readCursor(input.cursor),
    limit: limit + 1,
  })
  const page = found.slice(0, limit)
  const last = page.at(-1)
  const concertIds = new Set([...page, { concertId }].flatMap((row) => row.concertId ?? []))
  return {
    events: page.map(toEvent),
    nextCursor: found.length > page.length && last !== undefined ? writeCursor(last) : null,
    lines: await findLineKnowledge(deps.db, [...concertIds]),
  }
}

function toEvent({ atMicros, what, concertId, data }: TimelineRow): TimelinePage['events'][number] {
  return timelineEvent.parse({ what, atMs: Math.floor(atMicros / 1_000), concertId, ...data })
}

const writeCursor = ({ atMicros, rank, id }: TimelineCursor): string => `${atMicros}:${rank}:${id}`

function readCursor(text: string): TimelineCursor {
  const [atMicros = 0, rank = 0, id = 0] = text.split(':').map(Number)
  return { atMicros, rank, id }
}
