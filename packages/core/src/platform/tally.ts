import { isRefusal } from '@greenroom/contract'
import type { Deps } from './deps.ts'

/** What is counted: acts that end in one of several ways. */
export type Act = 'hold' | 'payment' | 'refund'

/** How acts ended in this process: `done`, or the code of the refusal. The codes are few, so this is small for ever. */
export type Tally = {
  outcomes: ReadonlyMap<Act, ReadonlyMap<string, number>>
  /** Holds whose seats were given back because their time was over. */
  holdsExpired: number
}

type Counts = { outcomes: Map<Act, Map<string, number>>; holdsExpired: number }

/** By the settings, which a process has one of, whatever else is wrapped around its connections. */
const tallies = new WeakMap<Deps['settings'], Counts>()

/** What was counted since the process began. For metrics: it is nowhere else and decides nothing. */
export function readTally(deps: Pick<Deps, 'settings'>): Tally {
  return countsOf(deps)
}

/** Does it and counts how it ended; `timesOf` where one call does several of them. */
export async function tallied<T>(
  deps: Pick<Deps, 'settings'>,
  act: Act,
  work: () => Promise<T>,
  timesOf: (result: T) => number = once,
): Promise<T> {
  try {
    const result = await work()
    tallyDone(deps, act, timesOf(result))
    return result
  } catch (error) {
    count(deps, act, isRefusal(error) ? error.code : 'INTERNAL', 1)
    throw error
  }
}

/** For whoever does many at once, and each by itself when that fails. */
export function tallyDone(deps: Pick<Deps, 'settings'>, act: Act, times: number): void {
  count(deps, act, 'done', times)
}

export function tallyExpired(deps: Pick<Deps, 'settings'>, holds: number): void {
  countsOf(deps).holdsExpired += holds
}

const once = (): number => 1

function count(deps: Pick<Deps, 'settings'>, act: Act, outcome: string, times: number): void {
  const { outcomes } = countsOf(deps)
  const ofAct = outcomes.get(act) ?? new Map<string, number>()
  outcomes.set(act, ofAct)
  ofAct.set(outcome, (ofAct.get(outcome) ?? 0) + times)
}

function countsOf({ settings }: Pick<Deps, 'settings'>): Counts {
  const known = tallies.get(settings)
  if (known !== undefined) return known
  const counts: Counts = { outcomes: new Map(), holdsExpired: 0 }
  tallies.set(settings, counts)
  return counts
}
