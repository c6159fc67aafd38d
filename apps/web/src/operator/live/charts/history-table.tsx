import type { SaleHistory } from '@greenroom/contract'
import { m } from '../../../paraglide/messages.js'
import type { ChartPlan } from './chart-plans.ts'
import { thinRows } from './thin-rows.ts'

const mostRows = 30

/** The charts' twin: the same numbers as text, the newest first, for who reads or hears them. */
export function HistoryTable(props: {
  history: SaleHistory
  plans: readonly ChartPlan[]
  tellTime: (atMs: number) => string
}) {
  const { history, plans, tellTime } = props
  const columns = plans.flatMap(({ key, series, tell }) =>
    series.map(({ name, read }) => ({ key: `${key} ${name}`, name, tell, values: read(history) })),
  )
  const rows = thinRows(history.atMs.length, mostRows)
  return (
    // wider than a phone: it scrolls by itself, by keyboard too
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a part that scrolls must be reachable
    <section aria-label={m.charts_table()} tabIndex={0} className="mt-5 overflow-x-auto">
      <table className="w-full text-right text-sm whitespace-nowrap">
        <caption className="sr-only">{m.charts_title()}</caption>
        <thead>
          <tr className="border-b border-rule/60 text-soft">
            <th scope="col" className="py-2 pr-4 text-left font-semibold">
              {m.chart_time()}
            </th>
            {columns.map(({ key, name }) => (
              <th key={key} scope="col" className="px-3 py-2 font-semibold">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={history.atMs[row]} className="border-b border-rule/40">
              <th scope="row" className="py-1.5 pr-4 text-left font-medium">
                {tellTime(history.atMs[row] ?? 0)}
              </th>
              {columns.map(({ key, tell, values }) => {
                const value = values[row]
                return (
                  <td key={key} className="px-3 py-1.5">
                    {typeof value === 'number' ? tell(value) : '–'}
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
