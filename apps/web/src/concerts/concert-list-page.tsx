import type { ConcertSummary } from '@greenroom/contract'
import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { Failure } from '../app/failure.tsx'
import { serverClock } from '../clock/server-clock.ts'
import { api } from '../data/api.ts'
import { EmptyState } from '../design/empty-state.tsx'
import { Skeleton } from '../design/skeleton.tsx'
import { useTitle } from '../design/use-title.ts'
import { m } from '../paraglide/messages.js'
import { ConcertCard } from './concert-card.tsx'
import { ConcertHeadline } from './concert-headline.tsx'
import { byUrgency } from './by-urgency.ts'

export function ConcertListPage() {
  const concerts = useQuery({ ...api.catalogue.concerts.queryOptions(), refetchInterval: 15_000 })
  useEffect(() => {
    for (const each of concerts.data ?? []) serverClock.observe(each.asOfMs)
  }, [concerts.data])
  if (concerts.data === undefined && concerts.isError)
    return <Failure error={concerts.error} onTryAgain={() => void concerts.refetch()} />
  return <ConcertList concerts={concerts.data} />
}

/** The front page: one headline, then the bill. */
function ConcertList({ concerts }: { concerts: readonly ConcertSummary[] | undefined }) {
  useTitle(m.title_home())
  if (concerts === undefined) return <ListSkeleton />
  const [headline, ...others] = byUrgency(concerts)
  if (headline === undefined)
    return <EmptyState title={m.no_concerts_title()}>{m.no_concerts_text()}</EmptyState>
  return (
    <>
      <ConcertHeadline concert={headline} />
      {others.length > 0 && (
        <section className="page pt-14 sm:pt-20">
          <h2 className="text-2xl sm:text-3xl">{m.more_concerts()}</h2>
          <ul className="mt-6 grid gap-x-8 gap-y-10 sm:mt-8 lg:grid-cols-2">
            {others.map((concert) => (
              <li key={concert.concertId}>
                <ConcertCard concert={concert} />
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  )
}

function ListSkeleton() {
  return (
    <div aria-busy="true">
      <h1 className="sr-only">{m.loading()}</h1>
      <div className="skeleton h-[34rem] rounded-none sm:h-[38rem]" />
      <div className="page pt-14 sm:pt-20">
        <Skeleton className="h-8 w-48" />
        <div className="mt-8 grid gap-8 lg:grid-cols-2">
          <Skeleton className="h-52" />
          <Skeleton className="h-52" />
        </div>
      </div>
    </div>
  )
}
