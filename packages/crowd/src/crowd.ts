import type { Greenroom } from '@greenroom/client'
import type { ConcertPage } from '@greenroom/contract'
import type { CrowdOptions } from './crowd-options.ts'
import type { History } from './history.ts'
import type { Measurements } from './measurements.ts'

/** How a fan's evening ended. */
export type Outcome =
  | 'bought'
  | 'gaveBack'
  | 'walkedAway'
  | 'neverCame'
  | 'tooLate'
  | 'soldOut'
  | 'onlyLooked'
  | 'unfinished'
  | 'failed'

/** Where fans are right now, for the display. */
export const stages = ['outside', 'signedUp', 'waiting', 'inside', 'holding', 'done'] as const
export type Stage = (typeof stages)[number]

/** What all fans of a run share. */
export type Crowd = {
  options: CrowdOptions
  concert: ConcertPage
  measurements: Measurements
  /** Every call of every fan, and what their pages showed. */
  history: History
  joinsUnderWay: number
  /** Fans who ask now and then what the server says of their place. */
  asking: number
  /** The line's order was drawn, not first come, first served. */
  isLottery: boolean
  /** The largest capacity that the line was given during the run; 0 before the first reading. */
  mostInside: number
  stages: Map<Stage, number>
  outcomes: Map<Outcome, number>
  /** Why fans failed, with how many did. */
  failures: Map<string, number>
  /** Seats lost to somebody faster. */
  lostRaces: number
  /** Seats of holds that fans gave up on purpose: released, or left to run out. */
  returned: { releasedSeats: number; leftSeats: number }
  /** Ends everything when the time is over. */
  signal: AbortSignal
}

/** One account on one device: `fanId` is the account's, and the actor's in the history. */
export type Fan = { fanId: number; greenroom: Greenroom }

export function move(crowd: Crowd, from: Stage, to: Stage): void {
  crowd.stages.set(from, (crowd.stages.get(from) ?? 0) - 1)
  crowd.stages.set(to, (crowd.stages.get(to) ?? 0) + 1)
}

export function count<K>(tally: Map<K, number>, key: K): void {
  tally.set(key, (tally.get(key) ?? 0) + 1)
}
