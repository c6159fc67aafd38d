/**
 * After the last call of a fan inside another is expected for so long. Beside a crowd that is served within moments, a call each
 * second leaves it the loop 95 % of the time, and finds next to nothing before it. Beside a crowd that queues, one that finds
 * the loop, Redis and the cores full waits ten times as long, so even the rare ones keep it back.
 */
const expectedForMs = { besideFew: 50, besideMany: 1_000 }
/** One that is worked on for longer waits for something else than the loop, or is lost. */
const longestCallMs = 10_000

/** Calls of fans inside. */
export type InsideCalls = {
  /** One has come, all of it or its head. */
  come: () => void
  /** One is worked on. */
  begin: () => void
  end: () => void
  underWay: () => number
  /** Whether one is worked on or likely to come, beside a crowd that queues or one that is served within moments. */
  areExpected: (beside: { isQueue: boolean }) => boolean
}

/** Counts them, and says when the event loop has to be kept idle enough for them. */
export function watchInsideCalls(nowMs: () => number = () => performance.now()): InsideCalls {
  let underWay = 0
  let lastMs = Number.NEGATIVE_INFINITY
  const note = (): void => {
    lastMs = nowMs()
  }
  return {
    come: note,
    begin: () => {
      underWay += 1
    },
    end: () => {
      underWay -= 1
      note()
    },
    underWay: () => underWay,
    areExpected: ({ isQueue }) => {
      const expectedMs = isQueue ? expectedForMs.besideMany : expectedForMs.besideFew
      return nowMs() - lastMs < (underWay > 0 ? longestCallMs : expectedMs)
    },
  }
}
