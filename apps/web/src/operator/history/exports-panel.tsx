import type { ConcertId, ExportName } from '@greenroom/contract'
import { useQuery } from '@tanstack/react-query'
import { Download } from 'lucide-react'
import { useState } from 'react'
import { api } from '../../data/api.ts'
import { buttonLook } from '../../design/button.tsx'
import { fieldLook } from '../../design/field-look.ts'
import { m } from '../../paraglide/messages.js'
import { formatInstant } from '../../text/instants.ts'
import { currentLocale } from '../../text/locale.ts'

const files = [
  { name: 'payments', label: m.export_payments, hasShows: true },
  { name: 'tickets', label: m.export_tickets, hasShows: true },
  { name: 'reservations', label: m.export_reservations, hasShows: true },
  { name: 'line', label: m.export_line, hasShows: false },
  { name: 'audit', label: m.export_audit, hasShows: false },
] as const satisfies { name: ExportName; label: () => string; hasShows: boolean }[]

/** The files of one sale: links, so that the browser takes them as they are written. */
export function ExportsPanel({ concertId }: { concertId: ConcertId }) {
  const concert = useQuery(api.catalogue.concert.queryOptions({ concertId })).data
  const [showId, setShowId] = useState<number>()
  const shows = concert?.shows ?? []
  const show = shows.find((each) => each.showId === showId)
  return (
    <div className="mt-4">
      <label className="block max-w-lg">
        <span className="mb-1.5 block text-sm font-semibold">{m.export_show()}</span>
        <select
          className={fieldLook}
          value={show?.showId ?? ''}
          onChange={(event) => setShowId(Number(event.currentTarget.value))}
        >
          <option value="">{m.export_all_shows()}</option>
          {shows.map((each) => (
            <option key={each.showId} value={each.showId}>
              {formatInstant(each.startsAtMs, {
                locale: currentLocale(),
                timeZone: concert?.timeZone ?? 'UTC',
              })}
            </option>
          ))}
        </select>
      </label>
      <ul className="mt-4 flex flex-wrap gap-2">
        {files.map(({ name, label, hasShows }) => (
          <li key={name}>
            <a
              href={addressOf(name, concertId, hasShows ? show?.showId : undefined)}
              download
              className={buttonLook({ tone: 'outline' })}
            >
              <Download aria-hidden="true" className="size-4" />
              {label()}
            </a>
          </li>
        ))}
        <li>
          <a href="/admin/exports/audit.csv" download className={buttonLook({ tone: 'quiet' })}>
            <Download aria-hidden="true" className="size-4" />
            {m.export_audit_all()}
          </a>
        </li>
      </ul>
    </div>
  )
}

function addressOf(name: ExportName, concertId: number, showId: number | undefined): string {
  const query = new URLSearchParams({ concertId: String(concertId) })
  if (showId !== undefined) query.set('showId', String(showId))
  return `/admin/exports/${name}.csv?${query}`
}
