import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../data/api.ts'
import { buttonLook } from '../design/button.tsx'
import { EmptyState } from '../design/empty-state.tsx'
import { fieldLook } from '../design/text-field.tsx'
import { useTitle } from '../design/use-title.ts'
import { m } from '../paraglide/messages.js'
import { useMe } from '../session/me.ts'
import { told } from '../text/locale.ts'
import { AuditList } from './audit-list.tsx'
import { GateCheck } from './gate-check.tsx'
import { SaleControls } from './sale-controls.tsx'
import { SaleNumbers } from './sale-numbers.tsx'

/** The operator's desk: one sale at a time, live; the gate; what was done by whom. */
export function OperatorPage() {
  useTitle(m.nav_admin())
  const me = useMe()
  const concerts = useQuery({ ...api.catalogue.concerts.queryOptions(), refetchInterval: 5_000 }).data
  const [chosen, setChosen] = useState<number>()
  if (me && me.role !== 'operator')
    return <EmptyState title={m.operators_only()}>{m.error_forbidden()}</EmptyState>
  const concert = concerts?.find((each) => each.concertId === chosen) ?? concerts?.[0]
  return (
    <div className="page py-10">
      <div className="flex flex-wrap items-end justify-between gap-4">
        <h1 className="text-3xl">{m.nav_admin()}</h1>
        <a href="/admin/queues" className={buttonLook({ tone: 'outline', size: 'sm' })}>
          {m.job_queues()}
        </a>
      </div>
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
      {concert !== undefined && (
        <div className="mt-8 grid items-start gap-6 lg:grid-cols-[1fr_24rem]">
          <SaleNumbers concert={concert} />
          <SaleControls key={concert.concertId} concertId={concert.concertId} />
        </div>
      )}
      <div className="mt-6 grid items-start gap-6 lg:grid-cols-[1fr_24rem]">
        <AuditList />
        <GateCheck />
      </div>
    </div>
  )
}
