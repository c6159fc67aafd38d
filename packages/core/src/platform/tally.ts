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

/** Does it and counts how it ended. */
export async function tallied<T>(deps: Pick<Deps, 'settings'>, act: Act, work: () => Promise<T>): Promise<T> {
  try {
    const result = await work()
    count(deps, act, 'done')
    return result
  } catch (error) {
    count(deps, act, isRefusal(error) ? error.code : 'INTERNAL')
    throw error
  }
}

export function tallyExpired(deps: Pick<Deps, 'settings'>, holds: number): void {
  countsOf(deps).holdsExpired += holds
}

function count(deps: Pick<Deps, 'settings'>, act: Act, outcome: string): void {
  const { outcomes } = countsOf(deps)
  const ofAct = outcomes.get(act) ?? new Map<string, number>()
  outcomes.set(act, ofAct)
  ofAct.set(outcome, (ofAct.get(outcome) ?? 0) + 1)
}

function countsOf({ settings }: Pick<Deps, 'settings'>): Counts {
  const known = tallies.get(settings)
  if (known !== undefined) return known
  const counts: Counts = { outcomes: new Map(), holdsExpired: 0 }
  tallies.set(settings, counts)
  return counts
}
