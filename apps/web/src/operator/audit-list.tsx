import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { api } from '../data/api.ts'
import { Notice } from '../design/notice.tsx'
import { Panel } from '../design/panel.tsx'
import { Skeleton } from '../design/skeleton.tsx'
import { m } from '../paraglide/messages.js'
import { tellFailure } from '../text/tell-failure.ts'
import { AuditEntryRow } from './history/audit-entry-row.tsx'

/** The last few deeds of operators, or of partners for fans; all of them are on the audit's own page. */
export function AuditList({ by, title }: { by: 'operators' | 'partners'; title: string }) {
  const { data, error } = useQuery({
    ...api.history.audit.queryOptions({ by, limit: 8 }),
    refetchInterval: 10_000,
  })
  const failure = tellFailure(error)
  return (
    <Panel className="p-6">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <h2 className="text-lg">{title}</h2>
        <Link to="/admin/audit" className="text-sm font-semibold text-lamp-text hover:underline">
          {m.audit_everything()}
        </Link>
      </div>
      {failure !== undefined && <Notice tone="bad">{failure}</Notice>}
      {data === undefined && failure === undefined && <Skeleton className="mt-3 h-40 rounded-panel" />}
      {data?.entries.length === 0 && <p className="mt-3 text-soft">{m.audit_empty()}</p>}
      <ul className="mt-3 divide-y divide-rule/60">
        {data?.entries.map((entry) => (
          <AuditEntryRow key={entry.auditId} entry={entry} />
        ))}
      </ul>
    </Panel>
  )
}
