import type { LiveSale } from '@greenroom/contract'
import type { SaleState } from './foresee-line.ts'

/** Where nothing was measured yet: what a fan takes to choose and pay in the demo, and everybody buys one seat. */
const unmeasured = { meanInsideMinutes: 3, seatsPerFan: 1 }

export type Defaults = {
  state: SaleState
  capacity: number
  meanInsideMinutes: number
  ratePerMinute: number | null
  seatsPerFan: number
  /** The time inside and the seats a fan takes are this sale's own. */
  isMeasured: boolean
}

/** What a "what if" starts from: the sale as it is measured. `undefined` while the line is not known. */
export function defaultsOf({
  conversion,
  figures,
  meanInsideMs,
  progress,
  ratePerMinute,
}: LiveSale): Defaults | undefined {
  if (progress === null) return undefined
  const { available, held, sold } = figures.seats
  const seatsPerBuyer = figures.paid === 0 ? unmeasured.seatsPerFan : sold / figures.paid
  return {
    state: { waiting: progress.waiting, active: progress.active, seatsLeft: available + held },
    capacity: progress.capacity,
    meanInsideMinutes:
      meanInsideMs === null ? unmeasured.meanInsideMinutes : Math.max(0.1, meanInsideMs / 60_000),
    ratePerMinute,
    seatsPerFan:
      conversion === null || figures.paid === 0 ? unmeasured.seatsPerFan : conversion * seatsPerBuyer,
    isMeasured: meanInsideMs !== null && figures.paid > 0,
  }
}
