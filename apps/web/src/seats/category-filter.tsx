import type { ConcertPage, SeatGeometry, ShowSummary } from '@greenroom/contract'
import { seatKindOf, seatStatusCode } from '@greenroom/contract/plain'
import { useEffect, useState } from 'react'
import { classNames } from '../design/class-names.ts'
import { m } from '../paraglide/messages.js'
import { type SeatFeed, type SeatPlan, startSlowLoop } from '../seat-map/index.ts'
import { SeatSign } from './seat-sign.tsx'
import { toggleCategory } from './toggle-category.ts'
import { tellCategoryName } from '../text/categories.ts'
import { tellCount, tellMoney } from '../text/money.ts'

const recountMs = 500

/** The price classes with what is left of each, live; pressing one shows it alone on the map. */
export function CategoryFilter(props: {
  concert: ConcertPage
  show: ShowSummary
  plan: SeatPlan | undefined
  feed: SeatFeed
  filter: ReadonlySet<number> | null
  onFilter: (filter: ReadonlySet<number> | null) => void
}) {
  const left = useSeatsLeft(props.plan?.geometry, props.feed)
  const { filter } = props
  return (
    <fieldset aria-label={m.filter_by_category()} className="contents">
      {props.concert.categories.map((category) => {
        const isOn = filter === null || filter.has(category.code)
        return (
          <button
            key={category.code}
            type="button"
            aria-pressed={filter !== null && isOn}
            onClick={() =>
              props.onFilter(toggleCategory(filter, category.code, props.concert.categories.length))
            }
            className={classNames(
              'inline-flex min-h-9 shrink-0 items-center gap-2 rounded-full border px-3 text-sm whitespace-nowrap lg:gap-1.5 lg:px-2.5 lg:text-[0.8125rem]',
              filter !== null && isOn ? 'border-ink/70 bg-raised' : 'border-rule/80',
              !isOn && 'border-dashed bg-transparent',
            )}
          >
            <SeatSign kind={seatKindOf(category.name)} color={category.color} />
            <span className="font-semibold">{tellCategoryName(category.name, props.concert.categories)}</span>
            <span className="text-soft">{tellMoney(category.priceMinor, props.concert.currency)}</span>
            <span className="min-w-8 text-right text-faint lg:min-w-6">
              {tellCount(
                left?.get(category.code) ??
                  props.show.stock.find((stock) => stock.code === category.code)?.available ??
                  0,
              )}
            </span>
          </button>
        )
      })}
    </fieldset>
  )
}

/** Counted at most twice a second, however many frames come in. */
function useSeatsLeft(
  geometry: SeatGeometry | undefined,
  feed: SeatFeed,
): ReadonlyMap<number, number> | undefined {
  const [left, setLeft] = useState<ReadonlyMap<number, number>>()
  useEffect(() => {
    const count = (): void => {
      const seats = feed.state()
      if (seats === undefined || geometry === undefined) return
      const counts = new Map(geometry.categories.map((_, code) => [code, 0]))
      seats.codes.forEach((code, ordinal) => {
        if (code !== seatStatusCode.available) return
        const category = geometry.categoryCode[ordinal] ?? -1
        counts.set(category, (counts.get(category) ?? 0) + 1)
      })
      setLeft(counts)
    }
    count()
    const loop = startSlowLoop(count, recountMs)
    const unsubscribe = feed.subscribe(loop.request)
    return () => {
      unsubscribe()
      loop.stop()
    }
  }, [geometry, feed])
  return left
}
