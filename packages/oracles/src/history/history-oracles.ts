import type { Violation } from '../violation.ts'
import { checkAcknowledged } from './check-acknowledged.ts'
import { checkKeys } from './check-keys.ts'
import { checkAdmissionOrder, checkJoinOrder } from './check-line-order.ts'
import { checkMaps } from './check-maps.ts'
import { checkPasses } from './check-passes.ts'
import { checkOneEntry, checkPlaceOwners, checkShownPlace } from './check-places.ts'
import { checkRoom } from './check-room.ts'
import { checkSoldTwice } from './check-sold-twice.ts'
import type { HistoryEvent, HistoryFacts } from './history-event.ts'

/** An invariant of what clients saw. */
export type HistoryOracle = {
  /** The names of the violations it finds. */
  names: readonly string[]
  says: string
  check: (history: readonly HistoryEvent[], facts: HistoryFacts) => Violation[]
}

/** Every check of a recorded history. */
export const historyOracles: readonly HistoryOracle[] = [
  {
    names: ['line-is-first-come-first-served'],
    says: 'Whoever asked for a place after another fan had theirs is behind that fan.',
    check: checkJoinOrder,
  },
  {
    names: ['line-lets-in-in-order'],
    says: 'No fan was let in later than one whose place is behind.',
    check: checkAdmissionOrder,
  },
  {
    names: ['never-more-inside-than-there-is-room'],
    says: 'At no instant were more fans inside than the concert lets in.',
    check: checkRoom,
  },
  {
    names: ['shown-place-never-rises'],
    says: 'While a fan keeps a place, no later reading shows more people ahead.',
    check: checkShownPlace,
  },
  {
    names: ['one-live-entry-per-fan'],
    says: 'A fan has one place in a line at a time, whatever tabs and devices ask.',
    check: checkOneEntry,
  },
  {
    names: ['no-place-is-given-twice'],
    says: 'No two fans have the same place in one line.',
    check: checkPlaceOwners,
  },
  {
    names: ['no-hold-without-a-live-pass'],
    says: 'Whoever held seats had been let in as the same fan, and had not left or paid since.',
    check: checkPasses,
  },
  {
    names: ['one-effect-per-key'],
    says: 'All answers to one key name one effect, and no two keys name the same payment.',
    check: checkKeys,
  },
  {
    names: ['no-seat-is-sold-twice'],
    says: 'No two acknowledged payments are for one seat, unless the earlier was refunded.',
    check: checkSoldTwice,
  },
  {
    names: ['every-map-is-the-database'],
    says: 'When all is quiet, the map of every client is what the database says.',
    check: (history, { final }) => (final === undefined ? [] : checkMaps(history, final)),
  },
  {
    names: ['acknowledged-is-kept', 'refused-has-no-effect', 'no-effect-without-a-call'],
    says: 'What was acknowledged is in the database, what was refused is not, and nothing is there that nobody asked for.',
    check: (history, { final }) => (final === undefined ? [] : checkAcknowledged(history, final)),
  },
]

/** Everything that a recorded history and what is known besides it prove wrong. */
export function checkHistory(history: readonly HistoryEvent[], facts: HistoryFacts = {}): Violation[] {
  return historyOracles.flatMap(({ check }) => check(history, facts))
}
