import { useQuery } from '@tanstack/react-query'
import { api } from '../data/api.ts'
import { Panel } from '../design/panel.tsx'
import { m } from '../paraglide/messages.js'
import { formatInstant } from '../text/instants.ts'
import { currentLocale } from '../text/locale.ts'

/** What operators did, or partners for fans, newest first. */
export function AuditList({ by, title }: { by: 'operators' | 'partners'; title: string }) {
  const entries = useQuery({ ...api.operator.audit.queryOptions({ by }), refetchInterval: 10_000 }).data
  const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone
  return (
    <Panel className="p-6">
      <h2 className="text-lg">{title}</h2>
      {entries?.length === 0 && <p className="mt-3 text-soft">{m.audit_empty()}</p>}
      <ul className="mt-3 divide-y divide-rule/60">
        {entries?.slice(0, 20).map((entry) => (
          <li
            key={entry.auditId}
            className="flex flex-wrap items-baseline justify-between gap-x-4 py-2.5 text-[0.9375rem]"
          >
            <span>
              <span className="font-semibold">{entry.action}</span> {entry.target}
            </span>
            <span className="text-sm text-faint">
              {entry.partnerName !== null && `${entry.partnerName} → `}
              {entry.actorEmail} · {formatInstant(entry.atMs, { locale: currentLocale(), timeZone })}
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
