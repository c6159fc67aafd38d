import type { Locale, SaleHistory } from '@greenroom/contract'

const dayMs = 86_400_000

/** Writes instants of a chart where the operator sits: as an hour, and with the day where it covers several. */
export function tellChartTime(
  locale: Locale,
  { fromMs, untilMs, stepMs }: Pick<SaleHistory, 'fromMs' | 'untilMs' | 'stepMs'>,
): (atMs: number) => string {
  const format = new Intl.DateTimeFormat(locale, {
    ...(untilMs - fromMs > dayMs && { month: 'numeric', day: 'numeric' }),
    hour: '2-digit',
    minute: '2-digit',
    ...(stepMs < 60_000 && untilMs - fromMs <= dayMs && { second: '2-digit' }),
    hourCycle: 'h23',
  })
  return (atMs) => format.format(atMs)
}
