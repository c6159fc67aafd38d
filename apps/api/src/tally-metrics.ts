import { type Deps, readTally } from '@greenroom/core'
import { Counter, type Registry } from 'prom-client'

const counters = {
  hold: [
    'greenroom_holds_total',
    'Wishes for seats, by what came of them: done, or the code of the refusal.',
  ],
  payment: ['greenroom_payments_total', 'Payments, by what came of them: done, or the code of the refusal.'],
  refund: ['greenroom_refunds_total', 'Refunds, by what came of them: done, or the code of the refusal.'],
} as const

/** How holds, payments and refunds ended in this process, by whichever of its doors they came. */
export function registerTally(registry: Registry, deps: Deps): void {
  for (const act of ['hold', 'payment', 'refund'] as const) {
    const [name, help] = counters[act]
    new Counter({
      name,
      help,
      labelNames: ['outcome'],
      registers: [registry],
      collect() {
        this.reset()
        // there from the start, so that the first one is a rise
        this.inc({ outcome: 'done' }, 0)
        for (const [outcome, count] of readTally(deps).outcomes.get(act) ?? []) this.inc({ outcome }, count)
      },
    })
  }
}
