import { runInFlight } from './in-flight.ts'
import { atOnce, type RatedOperation } from './operation.ts'
import { buy, preparePayments } from './payments.ts'

/** Each fan pays for the one seat they hold, beside the very SQL of one such payment. */
export const pay: RatedOperation = {
  name: 'pay',
  title: `pay, distinct fans, core function, ${atOnce} in flight`,
  unit: 'payments/s',
  goal: 1,
  prepare: (stage, effort) =>
    preparePayments(stage, effort, (buyers) =>
      runInFlight(buyers, { atOnce, maxMs: effort.maxRoundMs }, (buyer) => buy(stage.deps, buyer)),
    ),
}
