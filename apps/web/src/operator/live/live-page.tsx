import type { ConcertSummary, LineMessage, LiveSale } from '@greenroom/contract'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useEffect } from 'react'
import { serverClock } from '../../clock/server-clock.ts'
import { api } from '../../data/api.ts'
import { refusalOf } from '../../data/wire-error.ts'
import { EmptyState } from '../../design/empty-state.tsx'
import { Notice } from '../../design/notice.tsx'
import { Skeleton } from '../../design/skeleton.tsx'
import { useTitle } from '../../design/use-title.ts'
import { m } from '../../paraglide/messages.js'
import { tellRefusal } from '../../text/refusals.ts'
import { AuditList } from '../audit-list.tsx'
import { ConcertSelect } from '../console/concert-select.tsx'
import { useChosenConcert } from '../console/use-chosen-concert.ts'
import { BypassCodesPanel } from '../bypass-codes-panel.tsx'
import { InvariantsPanel } from '../invariants-panel.tsx'
import { LineGuardsPanel } from '../line-guards-panel.tsx'
import { SaleControls } from '../sale-controls.tsx'
import { TellLinePanel } from '../tell-line-panel.tsx'
import { PacePanel } from './pace-panel.tsx'
import { SaleNumbers } from './sale-numbers.tsx'
import { WhatIfPanel } from './what-if/what-if-panel.tsx'

/** Charts and the map are heavy, and the numbers do not wait for them. */
const SaleCharts = lazy(async () => ({ default: (await import('./charts/sale-charts.tsx')).SaleCharts }))
const LiveSeats = lazy(async () => ({ default: (await import('./live-seats.tsx')).LiveSeats }))

/** The operator's desk: one sale at a time, live, how it went, and what would be if; what was done by whom. */
export function LivePage() {
  useTitle(m.nav_admin())
  const chosen = useChosenConcert()
  const { concerts, concert } = chosen
  return (
    <div className="page py-8">
      <div className="flex flex-wrap items-end justify-between gap-4">
        <h1 className="text-3xl">{m.nav_admin()}</h1>
        <ConcertSelect {...chosen} />
      </div>
      <InvariantsPanel concerts={concerts ?? []} />
      {concerts?.length === 0 && <EmptyState isPart title={m.no_concerts_title()} />}
      {concerts?.length !== 0 &&
        (concert === undefined ? (
          <Skeleton className="mt-8 h-120 rounded-panel" />
        ) : (
          <Desk key={concert.concertId} concert={concert} />
        ))}
    </div>
  )
}

function Desk({ concert }: { concert: ConcertSummary }) {
  const { concertId } = concert
  const { data: sale, error } = useQuery({
    ...api.sales.live.queryOptions({ concertId }),
    refetchInterval: 2_000,
  })
  useEffect(() => {
    if (sale !== undefined) serverClock.observe(Math.max(sale.figures.asOfMs, sale.progress?.asOfMs ?? 0))
  }, [sale])
  return (
    // on a phone one column: what steers the line comes right after its numbers, not below the charts
    <div className="mt-8 grid grid-cols-1 items-start gap-6 lg:grid-cols-[1fr_24rem]">
      <div className="grid min-w-0 grid-cols-1 gap-6 max-lg:contents">
        {error !== null && (
          <Notice tone="bad" className="max-lg:-order-3">
            {tellRefusal(refusalOf(error))}
          </Notice>
        )}
        <div className="max-lg:-order-2">
          <SaleNumbers concert={concert} sale={sale} />
        </div>
        <Suspense fallback={<Skeleton className="h-120 rounded-panel" />}>
          <SaleCharts concert={concert} />
        </Suspense>
        <Suspense fallback={<Skeleton className="h-120 rounded-panel" />}>
          <LiveSeats concert={concert} />
        </Suspense>
        <AuditList by="operators" title={m.audit_title()} />
      </div>
      <div className="grid min-w-0 grid-cols-1 gap-6 max-lg:contents">
        <div className="max-lg:-order-1">
          <SaleControls concertId={concertId} steering={sale?.steering} />
        </div>
        <PacePanel concertId={concertId} />
        <WhatIfPanel sale={sale} />
        <TellLinePanel concertId={concertId} message={messageOf(sale)} />
        <BypassCodesPanel concertId={concertId} />
        <LineGuardsPanel concertId={concertId} />
      </div>
    </div>
  )
}

/** `null`: nobody is told anything; `undefined`: not known, as while Redis is away. */
function messageOf(sale: LiveSale | undefined): LineMessage | null | undefined {
  return sale?.progress ? (sale.progress.message ?? null) : undefined
}
