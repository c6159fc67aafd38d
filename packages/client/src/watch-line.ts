import type { ConcertId, Entry, LineStatus, QueueProgress, WireError } from '@greenroom/contract'
import { jitterBetween } from './jitter.ts'
import { keepAsking } from './keep-asking.ts'
import type { LiveDeps, LiveState } from './live-deps.ts'
import { fansAhead, isSameWait, nextPlace } from './place-in-line.ts'

/** What a join, an entry or a leave of one's own was answered; `status` only by a join. */
export type OwnAnswer = { entry: Entry; status?: LineStatus }

/** Where the line is read when the socket does not tell. Both keep and present the fan's receipt and pass. */
export type LineSource = {
  readStatus: (concertId: ConcertId) => Promise<LineStatus>
  readProgress: (concertId: ConcertId) => Promise<QueueProgress>
  keepEntry: (concertId: ConcertId, entry: Entry) => void
  /** Calls back with each answer to a join, an entry or a leave of one's own; the returned function ends that. */
  onAnswer: (concertId: ConcertId, tell: (answer: OwnAnswer) => void) => () => void
}

export type LineHandlers = {
  onProgress: (progress: QueueProgress) => void
  /** The own entry: at the start, at each exact reading, and the moment it changes or the fan changes it. */
  onEntry: (entry: Entry) => void
  /** Fans ahead, kept up between exact readings; never rises while waiting. `null`: not waiting, or not drawn yet. */
  onPlace?: (ahead: number | null) => void
  /** The whole status, at each exact reading and join. */
  onStatus?: (status: LineStatus) => void
  onState?: (state: LiveState) => void
  /** Refused for good (signed out, no such concert): the watch has ended. */
  onRefused?: (refusal: WireError) => void
}

export type LineWatch = {
  stop: () => void
  /** Reads the exact status now: after a join or a leave whose answer was lost, or for a page that was asleep. */
  refresh: () => void
}

/** What another watch of the same line told before this one: where the shown place goes on from. */
export type KnownLine = { entry?: Entry; progress?: QueueProgress; place?: number | null }

/**
 * Follows a concert's line and the own entry in it until stopped. The line's one shared message moves the place on;
 * the exact rank is read again when the server says so, with jitter. Without a socket it polls the shared numbers.
 */
export function watchLine(
  deps: LiveDeps & { lineSource: LineSource },
  input: { concertId: ConcertId; known?: KnownLine },
  handlers: LineHandlers,
): LineWatch {
  const { socket, settings, random, lineSource } = deps
  const { concertId } = input
  let { entry, progress, place } = input.known ?? {}
  let isJoined = false
  let connection = 0
  let isStopped = false
  let state: LiveState | undefined
  let lostAtMs = performance.now()
  let exactDueAtMs = 0
  /** When to read once more, wanted while a reading is under way: that one may be of before. */
  let againAtMs = Number.POSITIVE_INFINITY
  let heardAtMs = 0

  const setState = (next: LiveState): void => {
    if (state === next || isStopped) return
    state = next
    handlers.onState?.(next)
  }
  const takeEntry = (next: Entry): void => {
    if (isStopped) return
    const goesOn = isSameWait(entry, next)
    entry = next
    lineSource.keepEntry(concertId, next)
    exactDueAtMs = performance.now() + exactAfterMs(next, random)
    handlers.onEntry(next)
    takePlace(goesOn)
    asking.soon(exactDueAtMs - performance.now())
  }
  const takeStatus = (status: LineStatus): void => {
    takeProgress(status.progress)
    takeEntry(status.entry)
    if (!isStopped) handlers.onStatus?.(status)
  }
  const takeProgress = (next: QueueProgress): void => {
    if (isStopped || (progress !== undefined && next.asOfMs < progress.asOfMs)) return
    const isDrawn = progress?.phase === 'lobby' && next.phase !== 'lobby'
    const isLost = progress !== undefined && progress.epoch !== next.epoch
    progress = next
    handlers.onProgress(next)
    takePlace(true)
    if (isDrawn) readExactWithin(drawSpreadMs(next.waiting))
    // nobody is let in for some seconds after a loss, so that everybody can show their proof
    if (isLost) readExactWithin(showProofWithinMs)
  }
  const takePlace = (goesOn: boolean): void => {
    if (entry === undefined) return
    const next = nextPlace(goesOn ? (place ?? null) : null, fansAhead(entry, progress))
    if (next === place) return
    place = next
    handlers.onPlace?.(next)
  }
  const readExactWithin = (spreadMs: number): void => {
    const delayMs = random() * spreadMs
    againAtMs = Math.min(againAtMs, performance.now() + delayMs)
    exactDueAtMs = Math.min(exactDueAtMs, againAtMs)
    asking.soon(delayMs)
  }

  /** A push is read without our proof: "no place" may only mean that the server lost its memory. Show the proof. */
  const hear = (pushed: Entry): void => {
    if (pushed.state === 'none') readExactWithin(settings.repairSpreadMs)
    else takeEntry(pushed)
  }

  /** Our own doing is believed at once, unless what was pushed meanwhile is newer: then only a reading can tell. */
  const takeAnswer = (answer: OwnAnswer): void => {
    if (isOlder(answer.entry, entry)) return refresh()
    if (answer.status === undefined) takeEntry(answer.entry)
    else takeStatus(answer.status)
  }

  const isSilent = (): boolean => performance.now() - heardAtMs >= settings.silenceMs

  const ask = async (): Promise<number> => {
    if (performance.now() >= exactDueAtMs) {
      againAtMs = Number.POSITIVE_INFINITY
      const status = await lineSource.readStatus(concertId)
      const nextAtMs = againAtMs
      takeStatus(status)
      exactDueAtMs = Math.min(exactDueAtMs, nextAtMs)
    } else if (isJoined ? isSilent() : !socket.isConnected()) {
      takeProgress(await lineSource.readProgress(concertId))
      heardAtMs = performance.now()
    }
    if (!isJoined && socket.isConnected()) {
      const mine = connection
      const shared = await socket.watchLine(concertId)
      isJoined = mine === connection
      heardAtMs = performance.now()
      if (shared !== null) takeProgress(shared)
    }
    return Math.min(sharedWaitMs(), Math.max(0, exactDueAtMs - performance.now()))
  }
  const sharedWaitMs = (): number => {
    const graceMs = lostAtMs + settings.pollAfterMs - performance.now()
    if (isJoined) {
      setState('live')
      // a line whose worker is gone says nothing, but it can be asked
      return settings.silenceMs * jitterBetween(random, 1, 1.5)
    }
    if (socket.isConnected()) return 0
    if (graceMs > 0) return graceMs
    setState('polling')
    return jitterBetween(random, settings.pollMinMs, settings.pollMaxMs)
  }

  const onConnection = (connected: boolean): void => {
    connection += 1
    isJoined = false
    if (connected) {
      // what was pushed while we were away is lost: read it, but not all of us at once; at first it is being read
      if (state === undefined) exactDueAtMs = Math.min(exactDueAtMs, performance.now())
      else readExactWithin(settings.repairSpreadMs * 4)
      return asking.now()
    }
    lostAtMs = performance.now()
    setState('reconnecting')
    asking.soon(settings.pollAfterMs)
  }
  const asking = keepAsking(deps, {
    ask,
    onTrouble: () => setState('reconnecting'),
    onRefused: (refusal) => {
      stop()
      handlers.onRefused?.(refusal)
    },
  })
  const ends = [
    socket.hold({ kind: 'line', concertId }),
    socket.onConnection(onConnection),
    socket.on('queue', (next) => {
      if (next.concertId !== concertId) return
      heardAtMs = performance.now()
      takeProgress(next)
    }),
    socket.on('entry', (message) => {
      if (message.concertId === concertId) hear(message.entry)
    }),
    lineSource.onAnswer(concertId, takeAnswer),
  ]
  const stop = (): void => {
    isStopped = true
    asking.stop()
    for (const end of ends.splice(0)) end()
  }
  const refresh = (): void => {
    againAtMs = 0
    exactDueAtMs = 0
    asking.now()
  }
  return { stop, refresh }
}

/** Whether an answer was overtaken on its way by what is known. */
export function isOlder(answer: Entry, known: Entry | undefined): boolean {
  if (answer.state === 'none' || known === undefined || known.state === 'none') return false
  return answer.asOfMs < known.asOfMs
}

/** When the entry must be read again even if nothing is pushed: a lost push delays, it never strands. */
function exactAfterMs(entry: Entry, random: () => number): number {
  switch (entry.state) {
    case 'none':
      return jitterBetween(random, 20_000, 40_000)
    case 'waiting':
      return entry.refreshAfterMs * jitterBetween(random, 0.75, 1.25)
    case 'offered':
      return Math.max(0, entry.claimBeforeMs - entry.asOfMs) + jitterBetween(random, 200, 1_200)
    case 'active':
      return Math.max(0, entry.expiresAtMs - entry.asOfMs) + jitterBetween(random, 200, 1_200)
  }
}

const showProofWithinMs = 3_000

/** After the draw everybody wants their number: 2,000 a second is what one api process answers with ease. */
function drawSpreadMs(waiting: number): number {
  return Math.min(60_000, Math.max(1_000, waiting / 2))
}
