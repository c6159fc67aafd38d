import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../data/api.ts'
import { Button } from '../../design/button.tsx'
import { Notice } from '../../design/notice.tsx'
import { Panel } from '../../design/panel.tsx'
import { Skeleton } from '../../design/skeleton.tsx'
import { useTitle } from '../../design/use-title.ts'
import { m } from '../../paraglide/messages.js'
import { tellFailure } from '../../text/tell-failure.ts'
import { ConcertSelect } from '../console/concert-select.tsx'
import { useChosenConcert } from '../console/use-chosen-concert.ts'
import { AuditEntryRow } from './audit-entry-row.tsx'
import { type AuditFilter, AuditFilterForm } from './audit-filter.tsx'
import { ExportsPanel } from './exports-panel.tsx'

/** Everything that operators and partners changed, to search; and the files of a sale to take away. */
export function AuditPage() {
  useTitle(m.audit_title())
  const chosen = useChosenConcert()
  const [filter, setFilter] = useState<AuditFilter>({})
  return (
    <div className="page py-8">
      <h1 className="text-3xl">{m.audit_title()}</h1>
      <p className="mt-2 max-w-2xl text-soft">{m.audit_text()}</p>
      <Panel className="mt-6 p-6">
        <search>
          <AuditFilterForm onAsk={setFilter} />
        </search>
        <AuditEntries filter={filter} />
      </Panel>
      <Panel className="mt-6 p-6">
        <h2 className="text-lg">{m.exports_title()}</h2>
        <p className="mt-1 mb-5 text-soft">{m.exports_text()}</p>
        <ConcertSelect {...chosen} />
        {chosen.concert !== undefined && <ExportsPanel concertId={chosen.concert.concertId} />}
      </Panel>
    </div>
  )
}

function AuditEntries({ filter }: { filter: AuditFilter }) {
  const search = useInfiniteQuery(
    api.history.audit.infiniteQueryOptions(filter, {
      getNextPageParam: ({ nextCursor }) => nextCursor,
      placeholderData: keepPreviousData,
    }),
  )
  const entries = search.data?.pages.flatMap((page) => page.entries)
  const failure = tellFailure(search.error)
  return (
    <div className="mt-6 border-t border-rule/60 pt-3" aria-busy={search.isFetching || undefined}>
      {failure !== undefined && <Notice tone="bad">{failure}</Notice>}
      {entries === undefined && failure === undefined && <Skeleton className="h-60 rounded-panel" />}
      <output className="block text-soft">{entries?.length === 0 && m.audit_none_found()}</output>
      <ul className="divide-y divide-rule/60">
        {entries?.map((entry) => (
          <AuditEntryRow key={entry.auditId} entry={entry} />
        ))}
      </ul>
      {search.hasNextPage && (
        <Button
          tone="outline"
          size="sm"
          className="mt-3"
          busy={search.isFetchingNextPage}
          onClick={() => void search.fetchNextPage()}
        >
          {m.show_older()}
        </Button>
      )}
    </div>
  )
}
