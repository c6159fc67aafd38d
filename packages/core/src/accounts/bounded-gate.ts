import { DomainError } from '@greenroom/contract'

export type BoundedGate = {
  /** Runs `work` when there is room. Refuses with OVERLOADED when too many wait already; nothing was run then. */
  pass: <T>(work: () => Promise<T>) => Promise<T>
  /** How much is under way, for metrics. */
  load: () => { running: number; waiting: number }
  /** How many pieces of work ever began. */
  begun: () => number
}

/** Lets `atOnce` pieces of work run at a time and `maxWaiting` more wait in order of arrival. */
export function createBoundedGate(limits: { atOnce: number; maxWaiting: number }): BoundedGate {
  let running = 0
  let begun = 0
  const waiting: (() => void)[] = []
  return {
    pass: async (work) => {
      if (running < limits.atOnce) running += 1
      else if (waiting.length < limits.maxWaiting) await new Promise<void>((enter) => waiting.push(enter))
      else throw new DomainError('OVERLOADED', { retryAfterMs: comeBackMs() })
      begun += 1
      try {
        return await work()
      } finally {
        // the place goes straight to the next in line, so a newcomer cannot slip in between
        const next = waiting.shift()
        if (next === undefined) running -= 1
        else next()
      }
    },
    load: () => ({ running, waiting: waiting.length }),
    begun: () => begun,
  }
}

/** Not all at once: what waits now is done in the first two seconds. */
const comeBackMs = (): number => Math.round(1_000 + Math.random() * 2_000)
