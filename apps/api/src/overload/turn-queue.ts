/** Work that may wait, so much of it begun in each turn of the event loop. */
export type TurnQueue = {
  /** Begins the work now or in a later turn, in order of arrival; false, and nothing is kept, when too much waits already. */
  enter: (begin: () => void) => boolean
  /** Work that was begun has ended. */
  leave: () => void
  load: () => { waiting: number; underWay: number }
}

export type TurnQueueOptions = {
  /** How much may begin in one turn now: asked in each. */
  perTurn: () => number
  mostUnderWay: number
  mostWaiting: number
  /** Nobody may join a queue whose first has waited so long: it is not getting shorter. */
  longestWaitMs: number
}

type Waiting = { begin: () => void; sinceMs: number }

/**
 * Each turn of the loop then takes a little of this work and all that matters more, however much is asked: what came back from the
 * database meanwhile is never behind more than one turn's share. Nothing is held back while there is less to do than that.
 */
export function createTurnQueue(options: TurnQueueOptions): TurnQueue {
  let waiting: Waiting[] = []
  /** Those before it have begun; a queue of thousands is not moved for each. */
  let first = 0
  let underWay = 0
  let begunThisTurn = 0
  let isTurnDue = false

  const mayBegin = (): boolean => begunThisTurn < options.perTurn() && underWay < options.mostUnderWay

  const begin = (work: () => void): void => {
    begunThisTurn += 1
    underWay += 1
    work()
  }

  const awaitTurn = (): void => {
    if (isTurnDue) return
    isTurnDue = true
    setImmediate(takeTurn)
  }

  const takeTurn = (): void => {
    isTurnDue = false
    begunThisTurn = 0
    for (let next = waiting[first]; next !== undefined && mayBegin(); next = waiting[first]) {
      first += 1
      begin(next.begin)
    }
    if (first === waiting.length) {
      waiting = []
      first = 0
    } else if (first > 1_000) {
      waiting = waiting.slice(first)
      first = 0
    }
    // with as many under way as may be, the next one to end takes the next turn
    if (begunThisTurn > 0 || (waiting.length > first && underWay < options.mostUnderWay)) awaitTurn()
  }

  return {
    enter: (work) => {
      const head = waiting[first]
      if (head === undefined && mayBegin()) {
        begin(work)
        awaitTurn()
        return true
      }
      const nowMs = performance.now()
      if (waiting.length - first >= options.mostWaiting) return false
      if (head !== undefined && nowMs - head.sinceMs > options.longestWaitMs) return false
      waiting.push({ begin: work, sinceMs: nowMs })
      awaitTurn()
      return true
    },
    leave: () => {
      underWay -= 1
      if (waiting.length > first) awaitTurn()
    },
    load: () => ({ waiting: waiting.length - first, underWay }),
  }
}
