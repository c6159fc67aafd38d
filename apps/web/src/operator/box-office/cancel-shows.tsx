import type { ConcertSummary } from '@greenroom/contract'
import { useQuery } from '@tanstack/react-query'
import { api } from '../../data/api.ts'
import { Notice } from '../../design/notice.tsx'
import { Panel } from '../../design/panel.tsx'
import { Skeleton } from '../../design/skeleton.tsx'
import { m } from '../../paraglide/messages.js'
import { tellFailure } from '../../text/tell-failure.ts'
import { ConcertSelect } from '../console/concert-select.tsx'
import { useChosenConcert } from '../console/use-chosen-concert.ts'
import { CancelShow } from './cancel-show.tsx'
import { CancellationProgress } from './cancellation-progress.tsx'

/** The shows of a concert: each is cancelled here, or says how far its refunds are. */
export function CancelShows() {
  const chosen = useChosenConcert()
  return (
    <Panel className="min-w-0 p-6">
      <h2 className="text-lg">{m.cancel_shows()}</h2>
      <p className="mt-1 mb-4 text-soft">{m.cancel_shows_text()}</p>
      <ConcertSelect {...chosen} />
      {chosen.concert === undefined ? (
        <Skeleton className="mt-4 h-40 rounded-control" />
      ) : (
        <Shows key={chosen.concert.concertId} concert={chosen.concert} />
      )}
    </Panel>
  )
}

function Shows({ concert: { concertId, timeZone } }: { concert: ConcertSummary }) {
  const concert = useQuery({ ...api.catalogue.concert.queryOptions({ concertId }), refetchInterval: 5_000 })
  const cancelled = useQuery({
    ...api.boxOffice.cancellations.queryOptions({ concertId }),
    // while money goes back, once a second
    refetchInterval: ({ state }) =>
      state.data?.some(({ finishedAtMs }) => finishedAtMs === null) === true ? 1_000 : 10_000,
  })
  const failure = tellFailure(concert.error ?? cancelled.error)
  if (failure !== undefined) {
    return (
      <Notice tone="bad" className="mt-4">
        {failure}
      </Notice>
    )
  }
  if (concert.data === undefined || cancelled.data === undefined)
    return <Skeleton className="mt-4 h-40 rounded-control" />
  const byShow = new Map(cancelled.data.map((each) => [each.showId, each]))
  return (
    <ul className="mt-4 divide-y divide-rule/60 border-t border-rule/60">
      {concert.data.shows.map((show) => {
        const cancellation = byShow.get(show.showId)
        return (
          <li key={show.showId} className="py-4">
            {cancellation === undefined ? (
              <CancelShow show={show} timeZone={timeZone} />
            ) : (
              <CancellationProgress show={show} cancellation={cancellation} timeZone={timeZone} />
            )}
          </li>
        )
      })}
    </ul>
  )
}
