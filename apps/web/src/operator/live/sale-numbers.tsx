import type { ConcertSummary } from '@greenroom/contract'
import { useQuery } from '@tanstack/react-query'
import { PhaseChip } from '../../concerts/phase-chip.tsx'
import { api } from '../../data/api.ts'
import { refusalOf } from '../../data/wire-error.ts'
import { LampBar } from '../../design/lamp-bar.tsx'
import { Notice } from '../../design/notice.tsx'
import { Panel } from '../../design/panel.tsx'
import { m } from '../../paraglide/messages.js'
import { tellCount, tellMoney } from '../../text/money.ts'
import { tellRefusal } from '../../text/refusals.ts'

/** The sale as it is: who waits, who is inside, what is sold. Read every two seconds. */
export function SaleNumbers({ concert }: { concert: ConcertSummary }) {
  const overview = useQuery({
    ...api.operator.overview.queryOptions({ concertId: concert.concertId }),
    refetchInterval: 2_000,
  })
  const sale = overview.data
  const seats = sale?.seats
  const total = seats ? seats.available + seats.held + seats.sold : 0
  return (
    <Panel className="p-6">
      <div className="flex items-center justify-between">
        <h2 className="text-lg">{m.sale_now()}</h2>
        <PhaseChip phase={sale?.progress.phase ?? concert.phase} opensAtMs={concert.opensAtMs} />
      </div>
      {overview.isError && (
        <Notice tone="bad" className="mt-4">
          {tellRefusal(refusalOf(overview.error))}
        </Notice>
      )}
      <dl className="mt-5 grid grid-cols-2 gap-x-6 gap-y-5 sm:grid-cols-4">
        <Figure term={m.people_waiting()} value={sale && tellCount(sale.progress.waiting)} />
        <Figure
          term={m.people_inside()}
          value={sale && `${tellCount(sale.progress.active)} / ${tellCount(sale.progress.capacity)}`}
        />
        <Figure term={m.admitted_total()} value={sale && tellCount(sale.progress.admittedTotal)} />
        <Figure
          term={m.rate_per_minute()}
          value={sale && (sale.ratePerMinute === null ? m.no_limit() : tellCount(sale.ratePerMinute))}
        />
        <Figure term={m.seats_sold()} value={seats && tellCount(seats.sold)} />
        <Figure term={m.seats_held()} value={seats && tellCount(seats.held)} />
        <Figure term={m.seats_available()} value={seats && tellCount(seats.available)} />
        <Figure term={m.revenue()} value={sale && tellMoney(sale.revenueMinor, concert.currency)} />
      </dl>
      <LampBar share={seats ? seats.sold / Math.max(1, total) : 0} lamps={40} className="mt-6" />
    </Panel>
  )
}

function Figure({ term, value }: { term: string; value: string | undefined }) {
  return (
    <div>
      <dt className="text-sm text-faint">{term}</dt>
      <dd className="text-2xl font-bold tracking-[-0.02em]">{value ?? '–'}</dd>
    </div>
  )
}
