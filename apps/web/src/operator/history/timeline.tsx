import type { AccountId, ConcertId, TimelineEvent } from '@greenroom/contract'
import { useInfiniteQuery } from '@tanstack/react-query'
import { api } from '../../data/api.ts'
import { Button } from '../../design/button.tsx'
import { Notice } from '../../design/notice.tsx'
import { Skeleton } from '../../design/skeleton.tsx'
import { m } from '../../paraglide/messages.js'
import { tellFailure } from '../../text/tell-failure.ts'
import { tellSecond } from '../tell-when.ts'
import { LineKnowledgeNote } from './line-knowledge-note.tsx'
import { tellEvent, tellSince } from './tell-event.ts'
import { tellMoment } from './tell-moment.ts'

type Titles = { titleOf: (concertId: ConcertId) => string }

/** Everything in order, newest first, and what is not known. */
export function Timeline({ fanId, titleOf }: { fanId: AccountId } & Titles) {
  const timeline = useInfiniteQuery(
    api.history.timeline.infiniteQueryOptions(
      { fanId },
      { getNextPageParam: ({ nextCursor }) => nextCursor },
    ),
  )
  const failure = tellFailure(timeline.error)
  if (failure !== undefined)
    return (
      <Notice tone="bad" className="mt-5">
        {failure}
      </Notice>
    )
  if (timeline.data === undefined) return <Skeleton className="mt-5 h-60 rounded-panel" />
  const events = timeline.data.pages.flatMap((page) => page.events)
  const lines = new Map(
    timeline.data.pages.flatMap((page) => page.lines).map((line) => [line.concertId, line]),
  )
  const concertIds = new Set(events.flatMap(({ concertId }) => concertId ?? []))
  return (
    <>
      <ol className="mt-5 divide-y divide-rule/60" aria-label={m.fan_timeline()}>
        {events.map((event, at) => (
          <Row key={at} event={event} titleOf={titleOf} />
        ))}
      </ol>
      {timeline.hasNextPage && (
        <Button
          tone="outline"
          size="sm"
          className="mt-3"
          busy={timeline.isFetchingNextPage}
          onClick={() => void timeline.fetchNextPage()}
        >
          {m.show_older()}
        </Button>
      )}
      <h3 className="mt-8 text-base">{m.known_title()}</h3>
      <ul className="mt-2 grid list-disc gap-1.5 pl-5 text-sm text-soft">
        <li>{m.known_no_refusals()}</li>
        {[...concertIds].map((concertId) => (
          <LineKnowledgeNote key={concertId} title={titleOf(concertId)} known={lines.get(concertId)} />
        ))}
      </ul>
    </>
  )
}

function Row({ event, titleOf }: { event: TimelineEvent } & Titles) {
  return (
    <li className="grid gap-x-6 gap-y-0.5 py-2.5 sm:grid-cols-[15rem_1fr]">
      <time className="text-sm text-faint tabular-nums" dateTime={new Date(event.atMs).toISOString()}>
        {event.what === 'line' && event.notBeforeMs !== null
          ? tellMoment(event.notBeforeMs, event.atMs)
          : tellSecond(event.atMs)}
      </time>
      <div className="min-w-0 text-[0.9375rem] break-words">
        {tellEvent(event)}
        {event.concertId !== null && <span className="text-faint"> · {titleOf(event.concertId)}</span>}
        {'since' in event && (
          <ul className="mt-1 text-sm text-soft">
            {event.since.map((seat, at) => (
              <li key={at}>{tellSince(seat)}</li>
            ))}
          </ul>
        )}
      </div>
    </li>
  )
}
