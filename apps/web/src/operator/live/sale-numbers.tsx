import type { ConcertSummary, LiveSale } from '@greenroom/contract'
import { estimateWait } from '@greenroom/contract/plain'
import type { ReactNode } from 'react'
import { PhaseChip } from '../../concerts/phase-chip.tsx'
import { LampBar } from '../../design/lamp-bar.tsx'
import { Panel } from '../../design/panel.tsx'
import { m } from '../../paraglide/messages.js'
import { formatSpanRange, roundSpan } from '../../text/durations.ts'
import { currentLocale } from '../../text/locale.ts'
import { tellCount, tellMoney } from '../../text/money.ts'
import { tellSpan } from '../../text/spans.ts'
import { Age } from './age.tsx'

/** The sale as it is: the line, the seats and the money, how the servers do; each part says how old it is. */
export function SaleNumbers({ concert, sale }: { concert: ConcertSummary; sale: LiveSale | undefined }) {
  const phase = sale?.progress?.phase ?? concert.phase
  return (
    <Panel className="p-6">
      <div className="flex items-center justify-between">
        <h2 className="text-lg">{m.sale_now()}</h2>
        <PhaseChip phase={phase} opensAtMs={concert.opensAtMs} />
      </div>
      <LineNumbers sale={sale} />
      <SeatNumbers sale={sale} concert={concert} />
      <LoadNumbers sale={sale} />
    </Panel>
  )
}

function LineNumbers({ sale }: { sale: LiveSale | undefined }) {
  const progress = sale?.progress
  const wait = progress && estimateWait(progress.waiting, progress.outflowPerMinute)
  const range = wait && formatSpanRange(roundSpan(wait.lowMs), roundSpan(wait.highMs), currentLocale())
  return (
    <Group name={m.live_line()} asOfMs={progress?.asOfMs}>
      <Figure term={m.people_waiting()} value={progress && tellCount(progress.waiting)} />
      <Figure
        term={m.people_inside()}
        value={progress && `${tellCount(progress.active)} / ${tellCount(progress.capacity)}`}
      />
      <Figure
        term={m.live_outflow()}
        value={
          typeof progress?.outflowPerMinute === 'number'
            ? tellCount(Math.round(progress.outflowPerMinute))
            : undefined
        }
      />
      <Figure
        term={m.live_last_wait()}
        value={progress === undefined || progress === null ? undefined : (range ?? m.live_wait_unknown())}
      />
      <Figure term={m.admitted_total()} value={progress && tellCount(progress.admittedTotal)} />
      <Figure
        term={m.rate_per_minute()}
        value={sale && (sale.ratePerMinute === null ? m.no_limit() : tellCount(sale.ratePerMinute))}
      />
      <Figure
        term={m.live_mean_inside()}
        value={typeof sale?.meanInsideMs === 'number' ? tellSpan(roundSpan(sale.meanInsideMs)) : undefined}
      />
      <Figure
        term={m.conversion()}
        value={typeof sale?.conversion === 'number' ? tellShare(sale.conversion) : undefined}
      />
    </Group>
  )
}

function SeatNumbers({ sale, concert }: { sale: LiveSale | undefined; concert: ConcertSummary }) {
  const figures = sale?.figures
  const seats = figures?.seats
  const total = seats ? seats.available + seats.held + seats.sold : 0
  return (
    <Group
      name={m.live_seats()}
      asOfMs={figures?.asOfMs}
      after={<LampBar share={seats ? seats.sold / Math.max(1, total) : 0} lamps={40} className="mt-5" />}
    >
      <Figure term={m.seats_sold()} value={seats && tellCount(seats.sold)} />
      <Figure term={m.seats_held()} value={seats && tellCount(seats.held)} />
      <Figure term={m.seats_available()} value={seats && tellCount(seats.available)} />
      <Figure term={m.revenue()} value={figures && tellMoney(figures.revenueMinor, concert.currency)} />
    </Group>
  )
}

function LoadNumbers({ sale }: { sale: LiveSale | undefined }) {
  const load = sale?.load
  const tellMs = (ms: number | null | undefined): string | undefined =>
    typeof ms === 'number' ? m.milliseconds({ count: tellCount(Math.round(ms)) }) : undefined
  return (
    <Group name={m.live_load()} asOfMs={load?.asOfMs}>
      <Figure term={m.latency_p50()} value={tellMs(load?.all.p50Ms)} />
      <Figure term={m.latency_p95()} value={tellMs(load?.all.p95Ms)} />
      <Figure term={m.latency_p99()} value={tellMs(load?.all.p99Ms)} />
      <Figure term={m.loop_lag()} value={tellMs(load?.loopLagP99Ms)} />
      <Figure term={m.calls_answered()} value={load && tellCount(Math.round(load.all.perSecond))} />
      <Figure term={m.calls_refused()} value={load && tellCount(Math.round(load.refusedPerSecond))} />
      <Figure
        term={m.calls_refused_by_rules()}
        value={load && tellCount(Math.round(load.refusedByRulesPerSecond))}
      />
      <Figure term={m.pool_use()} value={load && tellShare(load.pool.use)} />
    </Group>
  )
}

function tellShare(share: number): string {
  return share.toLocaleString(currentLocale(), { style: 'percent', maximumFractionDigits: 0 })
}

function Group(props: { name: string; asOfMs: number | undefined; after?: ReactNode; children: ReactNode }) {
  return (
    <section aria-label={props.name} className="mt-5 border-t border-rule/60 pt-4">
      <div className="flex items-baseline justify-between gap-4">
        <h3 className="text-sm font-semibold text-soft">{props.name}</h3>
        <Age asOfMs={props.asOfMs} />
      </div>
      <dl className="mt-3 grid grid-cols-2 gap-x-6 gap-y-4 sm:grid-cols-4">{props.children}</dl>
      {props.after}
    </section>
  )
}

function Figure({ term, value }: { term: string; value: string | null | undefined }) {
  return (
    // numbers of a row stand on one line, also beside a name that takes two
    <div className="flex flex-col">
      <dt className="text-sm text-faint">{term}</dt>
      <dd className="mt-auto text-xl font-bold tracking-[-0.02em] wrap-normal">{value ?? '–'}</dd>
    </div>
  )
}
