import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../data/api.ts'
import { buttonLook } from '../design/button.tsx'
import { Skeleton } from '../design/skeleton.tsx'
import { fieldLook } from '../design/field-look.ts'
import { useTitle } from '../design/use-title.ts'
import { m } from '../paraglide/messages.js'
import { told } from '../text/locale.ts'
import { AuditList } from './audit-list.tsx'
import { GateCheck } from './gate-check.tsx'
import { InvariantsPanel } from './invariants-panel.tsx'
import { OperatorsOnly } from './operators-only.tsx'
import { SaleControls } from './sale-controls.tsx'
import { SaleNumbers } from './sale-numbers.tsx'

/** The operator's desk: one sale at a time, live; the gate; what was done by whom. */
export function OperatorPage() {
  useTitle(m.nav_admin())
  return (
    <OperatorsOnly>
      <Desk />
    </OperatorsOnly>
  )
}

function Desk() {
  const concerts = useQuery({ ...api.catalogue.concerts.queryOptions(), refetchInterval: 5_000 }).data
  const [chosen, setChosen] = useState<number>()
  const concert = concerts?.find((each) => each.concertId === chosen) ?? concerts?.[0]
  return (
    <div className="page py-10">
      <div className="flex flex-wrap items-end justify-between gap-4">
        <h1 className="text-3xl">{m.nav_admin()}</h1>
        <div className="flex flex-wrap gap-2">
          <Link to="/admin/integrations" className={buttonLook({ tone: 'outline', size: 'sm' })}>
            {m.integrations()}
          </Link>
          <a href="/admin/queues" className={buttonLook({ tone: 'outline', size: 'sm' })}>
            {m.job_queues()}
          </a>
        </div>
      </div>
      <InvariantsPanel concerts={concerts ?? []} />
      <label className="mt-6 block max-w-md">
        <span className="mb-1.5 block text-sm font-semibold">{m.concert()}</span>
        <select
          className={fieldLook}
          value={concert?.concertId ?? ''}
          onChange={(event) => setChosen(Number(event.currentTarget.value))}
        >
          {concerts?.map((each) => (
            <option key={each.concertId} value={each.concertId}>
              {told(each.title)}
            </option>
          ))}
        </select>
      </label>
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
            <SaleControls key={concert.concertId} concertId={concert.concertId} />
          )}
          <GateCheck />
        </div>
      </div>
    </div>
  )
}
