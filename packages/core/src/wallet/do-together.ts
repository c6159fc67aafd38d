import { type Batcher, createBatcher, type Settled } from '../platform/batch-requests.ts'
import { inRetriedTransaction, sqlState, type Tx } from '../platform/database.ts'
import type { Deps } from '../platform/deps.ts'
import { claimAll } from './claim-keys.ts'
import type { Attempt } from './idempotency.ts'

/** A command whose reply is stored under a key, as one of many that are done in one transaction. */
export type Member<Reply> = { attempt: Attempt<Reply> }

/** As for holds: beyond that the wait for a commit only grows. */
const maxBatch = 50
/** Seconds' worth; whoever comes then is better off asking again. */
const maxWaiting = 5_000

/**
 * Folds commands that come at about the same time into transactions, each of which claims the keys, does `work` and commits
 * once. `work` stores the replies and answers with them, in any order; one that it leaves out could not be done as plainly as
 * that, and is left to its caller (`undefined`), with nothing done. Two with the same `keyOf` are never under way at once.
 */
export function foldCommands<One extends Member<Reply>, Reply>(options: {
  keyOf: (one: One) => string
  /** Transactions at once; with one, commands are done in the order in which they came. */
  maxRunning: number
  work: (tx: Tx, claimed: One[]) => Promise<Map<One, Reply>>
}): (deps: Deps, one: One) => Promise<Reply | undefined> {
  const batchers = new WeakMap<Deps, Batcher<One, Reply | undefined>>()

  const doTogether = async (deps: Deps, all: One[]): Promise<Map<One, Reply>> => {
    let done = new Map<One, Reply>()
    let rest: One[] = []
    try {
      await inRetriedTransaction(deps.db, async (tx) => {
        done = new Map()
        const claimed = await claimAll(tx, all)
        if (claimed.length === 0) return
        const replies = await options.work(tx, claimed)
        rest = [...replies.keys()]
        if (replies.size < claimed.length) throw incomplete
        done = replies
      })
    } catch (error) {
      // what the others wanted is rolled back with it, and done without it; what fails the transaction fails alone
      if (error === incomplete) return rest.length === 0 ? new Map() : await doTogether(deps, rest)
      if (sqlState(error) === undefined) throw error
      return new Map()
    }
    return done
  }
  return async (deps, one) => {
    let batcher = batchers.get(deps)
    if (batcher === undefined) {
      batcher = createBatcher<One, Reply | undefined>({
        maxBatch,
        maxRunning: options.maxRunning,
        maxWaiting,
        keyOf: options.keyOf,
        run: async (all) => {
          const done = await doTogether(deps, all)
          return all.map((each): Settled<Reply | undefined> => ({ kind: 'done', value: done.get(each) }))
        },
      })
      batchers.set(deps, batcher)
    }
    return await batcher.submit(one)
  }
}

/** Rolls back and never leaves this file. */
const incomplete = new Error('not all could be done together')
