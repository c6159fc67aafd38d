import { expect, test } from 'vitest'
import { findTrends } from './find-growth.ts'
import { type Measure, measures, type Sample } from './take-sample.ts'

/** A run whose every measure is 100, but for one. */
function run(measure: Measure, valueAt: (share: number) => number): Sample[] {
  return Array.from({ length: 40 }, (_, index) => {
    const flat = Object.fromEntries(Object.keys(measures).map((name) => [name, 100]))
    return { ...flat, [measure]: valueAt(index / 40) } as Sample
  })
}

const grown = (samples: Sample[]): Measure[] =>
  findTrends(samples).flatMap(({ measure, grew }) => (grew ? [measure] : []))

test('what goes up while it warms up and stays there has not grown', () => {
  expect(grown(run('api, MiB', (share) => Math.min(300, 100 + share * 1_200)))).toEqual([])
})

test('what comes and goes has not grown', () => {
  expect(grown(run('Redis, keys', (share) => 100 + 40 * Math.sin(share * 60)))).toEqual([])
})

test.for(['api, MiB', 'gateway, open files and sockets', 'Redis, keys'] as const)(
  '%s that go up all the time have grown',
  (measure) => {
    expect(grown(run(measure, (share) => 100 + share * 300))).toEqual([measure])
  },
)

test('what could not be measured does not pass', () => {
  expect(grown(run('Redis, MiB', () => Number.NaN))).toEqual(['Redis, MiB'])
})
