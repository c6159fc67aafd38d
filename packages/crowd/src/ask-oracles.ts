import {
  checkHistory,
  checkSeatRegisters,
  type HistoryEvent,
  type HistoryFacts,
  historyOracles,
  listAsked,
  seenFromOutside,
} from '@greenroom/oracles'
import type { MapsChecked } from './check-maps.ts'

/** An invariant that was asked, and what breaks it. */
export type OracleAsked = { name: string; of: 'history' | 'database'; faults: string[] }

const ofSeats = 'seat-linearizable'
const ofMaps = 'every-map-is-the-database'
const allOfHistory = [...historyOracles.flatMap(({ names }) => names), ofSeats]

/** Asks every oracle of histories that can find something in what a whole crowd saw, compared with what else is known of it. */
export function askHistory(events: readonly HistoryEvent[], facts: HistoryFacts): OracleAsked[] {
  const found = [...checkHistory(events, facts), ...checkSeatRegisters(events, seenFromOutside)]
  const asked = listAsked(events, facts)
  if (events.some(({ op, outcome }) => op === 'hold' && outcome === 'ok')) asked.push(ofSeats)
  const names = new Set([...asked, ...found.map(({ oracle }) => oracle)])
  return [...names].map((name) => ({
    name,
    of: 'history',
    faults: found.filter(({ oracle }) => oracle === name).map(({ fault }) => fault),
  }))
}

/** The oracle of maps was asked of each observer with a snapshot of its own, for the sale may go on meanwhile. */
export function describeMaps({ observers, differences }: MapsChecked): OracleAsked[] {
  return observers === 0 ? [] : [{ name: ofMaps, of: 'history', faults: differences }]
}

/** The oracles of histories that could find nothing, for want of something to compare. */
export function listNotAsked(asked: readonly OracleAsked[]): string[] {
  // the server's own checks have oracles of the same names
  const names = new Set(asked.flatMap((each) => (each.of === 'history' ? each.name : [])))
  return allOfHistory.filter((name) => !names.has(name))
}
