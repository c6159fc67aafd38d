import { useEffect, useEffectEvent, useRef, useState } from 'react'
import UPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import { watchTheme } from '../../../seat-map/palette.ts'
import { type ChartColours, readChartColours } from './chart-colours.ts'
import type { Columns } from './with-gaps.ts'

/** Told apart by their strokes too, never by colour alone. */
const strokes = [
  { tone: 'lamp', dash: [] },
  { tone: 'good', dash: [6, 4] },
  { tone: 'ink', dash: [1.5, 3] },
] as const satisfies readonly { tone: keyof ChartColours; dash: number[] }[]

export type ChartProps = {
  name: string
  /** At most three. */
  series: readonly { name: string }[]
  columns: Columns
  range: { fromMs: number; untilMs: number }
  /** The scale goes up to this at least. */
  least: number
  /** How a value is written, and an instant. */
  tell: (value: number) => string
  /** The same beside the scale, where it is written otherwise. */
  tellMark?: (value: number) => string
  tellTime: (atMs: number) => string
  /** The same below the chart, where marks are whole minutes apart. */
  tellTick: (atMs: number) => string
}

const heightPx = 180
/** What marks of time lie apart: as on a clock. */
const wholeSpansSeconds = [60, 300, 600, 900, 1_800, 3_600, 10_800, 21_600, 43_200, 86_400, 432_000]

/** Lines over time on a canvas. Who does not see it hears its newest numbers; all of them are in the table beside it. */
export function Chart(props: ChartProps) {
  const host = useRef<HTMLDivElement>(null)
  const plot = useRef<UPlot>(undefined)
  const [pointed, setPointed] = useState<number | null>(null)
  const draw = useEffectEvent((element: HTMLElement) => {
    plot.current?.destroy()
    plot.current = new UPlot(optionsOf(props, element, setPointed), props.columns, element)
  })
  const { columns, range } = props
  const names = props.series.map(({ name }) => name).join()
  useEffect(() => {
    const element = host.current
    if (element === null) return
    draw(element)
    const endTheme = watchTheme(() => draw(element))
    const observer = new ResizeObserver(() => {
      plot.current?.setSize({ width: element.clientWidth, height: heightPx })
    })
    observer.observe(element)
    return () => {
      endTheme()
      observer.disconnect()
      plot.current?.destroy()
      plot.current = undefined
    }
    // in another language it is drawn anew
  }, [names])
  useEffect(() => {
    const drawn = plot.current
    drawn?.batch(() => {
      drawn.setData(columns, true)
      drawn.setScale('x', { min: range.fromMs / 1_000, max: range.untilMs / 1_000 })
    })
  }, [columns, range.fromMs, range.untilMs])
  return (
    <figure className="min-w-0">
      <figcaption className="text-sm">
        <span className="block font-semibold">{props.name}</span>
        <span aria-hidden="true" className="mt-0.5 flex min-h-5.5 flex-wrap gap-x-3 text-soft">
          {pointed !== null && <span>{props.tellTime((columns[0][pointed] ?? 0) * 1_000)}</span>}
          {/* one line alone has the chart's own name */}
          {(pointed !== null || props.series.length > 1) &&
            props.series.map(({ name }, at) => (
              <Key
                key={name}
                name={name}
                at={at}
                value={pointed === null ? undefined : columns[at + 1]?.[pointed]}
                tell={props.tell}
              />
            ))}
        </span>
      </figcaption>
      <p className="sr-only">{tellNewest(props)}</p>
      <div ref={host} aria-hidden="true" className="mt-1 w-full" style={{ height: heightPx }} />
    </figure>
  )
}

function Key(props: {
  name: string
  at: number
  /** what is pointed at; undefined when nothing is */
  value: number | null | undefined
  tell: (value: number) => string
}) {
  const { name, at, value } = props
  const { tone, dash } = strokes[at] ?? strokes[0]
  const colour = { lamp: 'var(--lamp-text)', good: 'var(--good)', ink: 'var(--ink)' }[tone]
  return (
    <span className="inline-flex items-center gap-1.5 whitespace-nowrap">
      <svg viewBox="0 0 20 4" className="h-1 w-5">
        <path d="M0 2h20" stroke={colour} strokeWidth="2" strokeDasharray={dash.join(' ')} />
      </svg>
      {name}
      {typeof value === 'number' && <span className="font-semibold text-ink">{props.tell(value)}</span>}
    </span>
  )
}

function optionsOf(
  { least, series, tell, tellMark = tell, tellTick, range }: ChartProps,
  element: HTMLElement,
  point: (at: number | null) => void,
): UPlot.Options {
  const colours = readChartColours(element)
  const axis = {
    stroke: colours.soft,
    font: colours.font,
    grid: { stroke: colours.rule, width: 1 },
    ticks: { show: false },
  }
  return {
    width: element.clientWidth,
    height: heightPx,
    legend: { show: false },
    cursor: { drag: { x: false, y: false }, points: { size: 7 } },
    hooks: { setCursor: [(plot) => point(plot.cursor.idx ?? null)] },
    scales: {
      x: { time: false, auto: false, min: range.fromMs / 1_000, max: range.untilMs / 1_000 },
      // from nothing: a line that climbs by a hundredth shall not look like one that doubles
      y: { range: (_plot, _low, high) => [0, Math.max(least, (high ?? 0) * 1.08)] },
    },
    axes: [
      {
        ...axis,
        size: 26,
        space: 70,
        incrs: [...wholeSpansSeconds],
        values: (_plot, ticks) => ticks.map((tick) => tellTick(tick * 1_000)),
      },
      { ...axis, size: 62, values: (_plot, ticks) => ticks.map((tick) => tellMark(tick)) },
    ],
    series: [
      {},
      ...series.map(({ name }, at) => {
        const { dash, tone } = strokes[at] ?? strokes[0]
        return {
          label: name,
          stroke: colours[tone],
          dash: [...dash],
          width: 1.75,
          spanGaps: false,
          points: { show: true, size: 4, filter: findLonePoints },
        }
      }),
    ],
  }
}

/** A point between two gaps would be a line of no length: it is drawn as a dot. */
function findLonePoints(plot: UPlot, seriesAt: number): number[] {
  const values = plot.data[seriesAt] ?? []
  return [...values.keys()].filter(
    (at) => isKnown(values[at]) && !isKnown(values[at - 1]) && !isKnown(values[at + 1]),
  )
}

const isKnown = (value: number | null | undefined): boolean => typeof value === 'number'

function tellNewest({ columns, series, tell }: ChartProps): string {
  return series
    .flatMap(({ name }, at) => {
      const newest = columns[at + 1]?.findLast((value) => value !== null)
      return typeof newest === 'number' ? [`${name} ${tell(newest)}`] : []
    })
    .join(', ')
}
