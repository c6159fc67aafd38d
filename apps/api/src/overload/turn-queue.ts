/** Work that may wait, a little of it begun in each turn. */
export type TurnQueue = {
  /** Begins the work now or in a later turn, in order of arrival; false, and nothing is kept, when too much waits already. */
  enter: (begin: () => void) => boolean
  /** Work that was begun has ended, or stands aside until something comes that it needs. */
  leave: () => void
  /** Work that stood aside goes on, however much is under way. */
  comeBack: () => void
  load: () => { waiting: number; underWay: number }
}

export type TurnQueueOptions = {
  /**
   * What the next turn is like, while so much waits: how much may begin in it, and at what pace turns like it begin work. With a pace it
   * comes when a millisecond has passed, which leaves the rest of that to others; without end, with the next turn of the event loop.
   */
  nextTurn: (waiting: number) => { share: number; perMs: number }
  mostUnderWay: number
  /** So many may always wait, and never more than so many. */
  waiting: { always: number; ever: number }
  /** In between, as many may wait as are begun in this time at the rate of late. */
  longestWaitMs: number
  nowMs?: () => number
}

/** A rate is measured over so long, while somebody waits all the time. */
const rateWindowMs = 250

/**
 * What came back from the database meanwhile is never behind more than one turn's share of this work, however much is asked.
 * Nothing is held back while there is less to do than that.
 */
export function createTurnQueue(options: TurnQueueOptions): TurnQueue {
  const { nowMs = () => performance.now() } = options
  let queue: (() => void)[] = []
  /** Those before it have begun; a queue of thousands is not moved for each. */
  let first = 0
  let underWay = 0
  let next = options.nextTurn(0)
  let shareLeft = next.share
  let isTurnDue = false
  let window = { sinceMs: nowMs(), begun: 0 }
  /** What was begun in a millisecond of late, while somebody waited; until that is known the turns' own pace counts. */
  let measuredPerMs: number | undefined

  const waiting = (): number => queue.length - first
  const mayBegin = (): boolean => shareLeft > 0 && underWay < options.mostUnderWay

  const begin = (work: () => void): void => {
    shareLeft -= 1
    underWay += 1
    window.begun += 1
    work()
  }

  const awaitTurn = (): void => {
    if (isTurnDue) return
    isTurnDue = true
    next = options.nextTurn(waiting())
    if (next.perMs < Number.POSITIVE_INFINITY) setTimeout(takeTurn, 1)
    else setImmediate(takeTurn)
  }

  const takeTurn = (): void => {
    isTurnDue = false
    const wasIdle = shareLeft > 0 && waiting() === 0
    shareLeft = next.share
    for (let work = queue[first]; work !== undefined && mayBegin(); work = queue[first]) {
      first += 1
      begin(work)
    }
    if (waiting() === 0) {
      queue = []
      first = 0
    } else if (first > 1_000) {
      queue = queue.slice(first)
      first = 0
    }
    // with as many under way as may be, the next one to end takes the next turn
    if (waiting() > 0 ? underWay < options.mostUnderWay : !wasIdle) awaitTurn()
  }

  const mostWaiting = (): number => {
    const elapsedMs = nowMs() - window.sinceMs
    if (elapsedMs >= rateWindowMs) {
      measuredPerMs = window.begun / elapsedMs
      window = { sinceMs: nowMs(), begun: 0 }
    }
    const { always, ever } = options.waiting
    return Math.min(ever, Math.max(always, (measuredPerMs ?? next.perMs) * options.longestWaitMs))
  }

  return {
    enter: (work) => {
      if (waiting() === 0) {
        if (mayBegin()) {
          begin(work)
          awaitTurn()
          return true
        }
        // the first to wait: what is begun from here on says how fast it goes
        measuredPerMs = undefined
        window = { sinceMs: nowMs(), begun: 0 }
      }
      if (waiting() >= mostWaiting()) return false
      queue.push(work)
      if (underWay < options.mostUnderWay) awaitTurn()
      return true
    },
    leave: () => {
      underWay -= 1
      if (waiting() > 0) awaitTurn()
    },
    comeBack: () => {
      underWay += 1
    },
    load: () => ({ waiting: waiting(), underWay }),
  }
}
