import { Counter, type Registry } from 'prom-client'
import type { Deps } from './deps.ts'
import { type Act, readTally } from './tally.ts'

const counters = {
  hold: [
    'greenroom_holds_total',
    'Wishes for seats, by what came of them: done, or the code of the refusal.',
  ],
  payment: ['greenroom_payments_total', 'Payments, by what came of them: done, or the code of the refusal.'],
  refund: [
    'greenroom_refunds_total',
    'Reservations given back, by fans, by operators and of cancelled shows, by what came of it: done, or the code of the refusal.',
  ],
} as const satisfies Record<Act, readonly [name: string, help: string]>

/** How those acts that this process does ended in it, by whichever of its doors they came. */
export function registerTally(registry: Registry, deps: Deps, acts: readonly Act[]): void {
  for (const act of acts) {
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
