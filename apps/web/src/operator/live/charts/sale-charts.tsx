import type { ConcertSummary, HistoryRange, SaleHistory } from '@greenroom/contract'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { api } from '../../../data/api.ts'
import { refusalOf } from '../../../data/wire-error.ts'
import { Notice } from '../../../design/notice.tsx'
import { Panel } from '../../../design/panel.tsx'
import { Segments } from '../../../design/segments.tsx'
import { Skeleton } from '../../../design/skeleton.tsx'
import { m } from '../../../paraglide/messages.js'
import { useLocale } from '../../../text/locale.ts'
import { tellRefusal } from '../../../text/refusals.ts'
import { Chart, type ChartProps } from './chart.tsx'
import { type ChartPlan, chartPlans } from './chart-plans.ts'
import { HistoryTable } from './history-table.tsx'
import { tellChartTime } from './tell-chart-time.ts'
import { withGaps } from './with-gaps.ts'

const ranges = ['15m', '1h', '1d', 'all'] as const satisfies readonly HistoryRange[]
const rangeNames = { '15m': m.range_15m, '1h': m.range_1h, '1d': m.range_1d, all: m.range_all }

/** New points come as often; nothing would change in between. */
const sampleMs = 5_000

/** How the sale went, as lines over time and as a table; new points come by themselves. */
export function SaleCharts({ concert }: { concert: ConcertSummary }) {
  const { concertId } = concert
  const [range, setRange] = useState<HistoryRange>('15m')
  const [isTable, setTable] = useState(false)
  const history = useQuery({
    ...api.sales.history.queryOptions({ concertId, range }),
    refetchInterval: ({ state }) => Math.max(sampleMs, Math.min(60_000, state.data?.stepMs ?? 0)),
    placeholderData: keepPreviousData,
  })
  return (
    <Panel className="p-6">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h2 className="text-lg">{m.charts_title()}</h2>
        <div className="flex flex-wrap gap-2">
          <Segments
            label={m.charts_range()}
            options={ranges.map((value) => ({ value, name: rangeNames[value]() }))}
            chosen={range}
            onChoose={setRange}
          />
          <Segments
            label={m.view()}
            options={[
              { value: 'charts', name: m.charts_lines() },
              { value: 'table', name: m.charts_table() },
            ]}
            chosen={isTable ? 'table' : 'charts'}
            onChoose={(view) => setTable(view === 'table')}
          />
        </div>
      </div>
      {history.isError && (
        <Notice tone="bad" className="mt-4">
          {tellRefusal(refusalOf(history.error))}
        </Notice>
      )}
      {history.data === undefined && !history.isError && <Skeleton className="mt-5 h-96 rounded-panel" />}
      {history.data?.atMs.length === 0 && <p className="mt-4 text-soft">{m.charts_empty()}</p>}
      {history.data !== undefined && history.data.atMs.length > 0 && (
        <Told history={history.data} concert={concert} isTable={isTable} />
      )}
    </Panel>
  )
}

function Told(props: { history: SaleHistory; concert: ConcertSummary; isTable: boolean }) {
  const { concert, history, isTable } = props
  const locale = useLocale()
  const plans = useMemo(() => chartPlans(locale, concert.currency), [locale, concert.currency])
  const tellTime = useMemo(() => tellChartTime(locale, history), [locale, history])
  const tellTick = useMemo(() => tellChartTime(locale, { ...history, stepMs: 60_000 }), [locale, history])
  if (isTable) return <HistoryTable history={history} plans={plans} tellTime={tellTime} />
  return (
    <div className="mt-5 grid gap-x-8 gap-y-6 xl:grid-cols-2">
      {plans.map((plan) => (
        <Drawn key={plan.key} {...{ plan, history, tellTime, tellTick }} />
      ))}
    </div>
  )
}

function Drawn(props: { plan: ChartPlan; history: SaleHistory } & Pick<ChartProps, 'tellTime' | 'tellTick'>) {
  const { history, plan, tellTime, tellTick } = props
  const columns = useMemo(
    () =>
      withGaps(
        history.atMs,
        plan.series.map(({ read }) => read(history)),
        { stepMs: history.stepMs, newestMs: history.untilMs },
      ),
    [history, plan],
  )
  return <Chart {...plan} columns={columns} range={history} {...{ tellTime, tellTick }} />
}
