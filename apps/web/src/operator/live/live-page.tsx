import { Skeleton } from '../../design/skeleton.tsx'
import { useTitle } from '../../design/use-title.ts'
import { m } from '../../paraglide/messages.js'
import { AuditList } from '../audit-list.tsx'
import { ConcertSelect } from '../console/concert-select.tsx'
import { useChosenConcert } from '../console/use-chosen-concert.ts'
import { GateCheck } from '../gate-check.tsx'
import { InvariantsPanel } from '../invariants-panel.tsx'
import { LineGuardsPanel } from '../line-guards-panel.tsx'
import { SaleControls } from '../sale-controls.tsx'
import { SaleNumbers } from './sale-numbers.tsx'

/** The operator's desk: one sale at a time, live; the gate; what was done by whom. */
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
      <div className="mt-8 grid items-start gap-6 lg:grid-cols-[1fr_24rem]">
        <div className="grid min-w-0 gap-6">
          {concert === undefined ? (
            <Skeleton className="h-99 rounded-panel sm:h-63" />
          ) : (
            <SaleNumbers concert={concert} />
          )}
          <AuditList by="operators" title={m.audit_title()} />
        </div>
        <div className="grid gap-6">
          {concert === undefined ? (
            <Skeleton className="h-120 rounded-panel" />
          ) : (
            <>
              <SaleControls key={concert.concertId} concertId={concert.concertId} />
              <LineGuardsPanel concertId={concert.concertId} />
            </>
          )}
          <GateCheck />
        </div>
      </div>
    </div>
  )
}
