import type { HistoryEvent } from '@greenroom/oracles'

export type PaymentCount = { acknowledged: number; duringFaults: number }

/**
 * Counts payments as they are acknowledged: each once, when its first answer came, however often its fan sends it again.
 * `isBroken`: whether anything is broken at this moment.
 */
export function createPaymentCount(isBroken: () => boolean): {
  count: PaymentCount
  take: (event: HistoryEvent) => void
} {
  const count: PaymentCount = { acknowledged: 0, duringFaults: 0 }
  const seen = new Set<number>()
  return {
    count,
    take: (event) => {
      if (event.op !== 'pay' || event.outcome !== 'ok' || event.paymentId === undefined) return
      if (seen.has(event.paymentId)) return
      seen.add(event.paymentId)
      count.acknowledged += 1
      if (isBroken()) count.duringFaults += 1
    },
  }
}
