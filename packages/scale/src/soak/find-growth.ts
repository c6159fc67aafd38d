import { median } from '@greenroom/bench'
import { type Measure, measures, type Sample } from './take-sample.ts'

/** Medians of the four quarters of a run. The first warms up: caches fill, heaps take their size. */
export type Trend = { measure: Measure; quarters: [number, number, number, number]; grew: boolean }

/** How each measure went. It grew when the last quarter is above the second by more than is as good as nothing. */
export function findTrends(samples: readonly Sample[]): Trend[] {
  const quarter = (index: number): readonly Sample[] =>
    samples.slice(Math.floor((samples.length * index) / 4), Math.floor((samples.length * (index + 1)) / 4))
  return measureNames.map((measure) => {
    const of = (index: number): number => median(quarter(index).map((sample) => sample[measure]))
    const [first, second, third, last] = [of(0), of(1), of(2), of(3)]
    const { relative, absolute } = measures[measure]
    return {
      measure,
      quarters: [first, second, third, last],
      // what could not be measured must not pass
      grew: !(last <= second * (1 + relative) + absolute),
    }
  })
}

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the keys of a constant
const measureNames = Object.keys(measures) as Measure[]
