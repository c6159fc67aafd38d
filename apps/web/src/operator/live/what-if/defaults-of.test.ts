import { concertId, type LiveSale } from '@greenroom/contract'
import { expect, test } from 'vitest'
import { defaultsOf } from './defaults-of.ts'

const sale: LiveSale = {
  progress: {
    concertId: concertId.parse(1),
    epoch: 1,
    phase: 'open',
    admittedTotal: 60,
    waiting: 90,
    active: 20,
    capacity: 20,
    outflowPerMinute: 10,
    stock: [],
    asOfMs: 0,
  },
  steering: { saidByHand: null, scheduledPhase: 'open' },
  capacity: 20,
  ratePerMinute: 30,
  figures: {
    seats: { available: 40, held: 10, sold: 50, blocked: 7 },
    revenueMinor: 1,
    entered: 60,
    paid: 25,
    asOfMs: 0,
  },
  conversion: 0.5,
  meanInsideMs: 90_000,
  load: null,
}

test('it starts from what was measured: half of those done bought two seats each, after a minute and a half', () => {
  expect(defaultsOf(sale)).toEqual({
    state: { waiting: 90, active: 20, seatsLeft: 50 },
    capacity: 20,
    meanInsideMinutes: 1.5,
    ratePerMinute: 30,
    seatsPerFan: 1,
    isMeasured: true,
  })
})

test('before anything was measured it says that it was not', () => {
  const figures = { ...sale.figures, entered: 0, paid: 0 }
  expect(defaultsOf({ ...sale, meanInsideMs: null, conversion: null, figures })).toMatchObject({
    meanInsideMinutes: 3,
    seatsPerFan: 1,
    isMeasured: false,
  })
})

test('without the line there is nothing to start from', () => {
  expect(defaultsOf({ ...sale, progress: null })).toBeUndefined()
})
