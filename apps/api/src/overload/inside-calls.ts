/**
 * After the last call of a fan inside another is expected for so long. Where they come 100 a second there is hardly ever a gap of
 * this length, so all of them find the loop idle enough; where one comes each second, the crowd has all of the loop 95 % of the time.
 */
const expectedForMs = 50

/** Calls of fans inside. */
export type InsideCalls = {
  /** One has come, all of it or its head. */
  come: () => void
  /** One is worked on. */
  begin: () => void
  end: () => void
  underWay: () => number
  /** Whether one is worked on or likely to come in a moment. */
  areExpected: () => boolean
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
    areExpected: () => underWay > 0 || nowMs() - lastMs < expectedForMs,
  }
}
