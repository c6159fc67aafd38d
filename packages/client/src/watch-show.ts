import type { SeatChange, SeatFrame, SeatSnapshot, ShowId, WireError } from '@greenroom/contract'
import { retryHintMs } from './greenroom-error.ts'
import { jitterBetween } from './jitter.ts'
import { keepAsking } from './keep-asking.ts'
import type { LiveDeps, LiveState } from './live-deps.ts'
import { applyFrame, applySnapshot, restartSeats, type SeatState, seatStateOf } from './seat-state.ts'

/** A fan's pass, or `undefined` for an operator, who looks without one. */
type Watched = { showId: ShowId; pass: string | undefined }

/** Where seats are read when the socket does not tell: two queries of the api. */
export type SeatSource = {
  readSnapshot: (input: Watched) => Promise<SeatSnapshot>
  /** `null`: nothing kept that far back. */
  readChanges: (input: Watched & { after: number }) => Promise<SeatFrame | null>
}

export type ShowHandlers = {
  /** All seats, new or again: draw everything. The same object each time, changed in place from then on. */
  onSnapshot: (seats: SeatState) => void
  /** Some seats changed: draw these. */
  onFrame: (seats: SeatState, changes: SeatChange[]) => void
  onState?: (state: LiveState) => void
  /** Refused for good (no pass, pass spent, no such show): the watch has ended. */
  onRefused?: (refusal: WireError) => void
}

export type ShowWatch = {
  stop: () => void
  /** Asks now for whatever may have been missed: for a page that was asleep. */
  refresh: () => void
}

/** Frames kept behind a gap; the answer that fills the gap has any more. */
const maxEarlyFrames = 200

/**
 * Follows a show's seats until stopped. A snapshot first, then frames; a gap is filled by asking for what is missing,
 * or by a new snapshot when that is no longer kept. Without a socket it polls, with jitter, and backs off when that
 * fails. At most one question is under way at any time, and the seats are never older than they were.
 */
export function watchShow(
  deps: LiveDeps & { seatSource: SeatSource },
  input: Watched,
  handlers: ShowHandlers,
): ShowWatch {
  const { socket, settings, random, seatSource } = deps
  let seats: SeatState | undefined
  let early: SeatFrame[] = []
  let isJoined = false
  let connection = 0
  let hasFailedToJoin = false
  let isStopped = false
  let state: LiveState | undefined
  let lostAtMs = performance.now()
  let heardAtMs = 0

  const setState = (next: LiveState): void => {
    if (state === next || isStopped) return
    state = next
    handlers.onState?.(next)
  }
  const takeSnapshot = (snapshot: SeatSnapshot): void => {
    if (isStopped) return
    if (seats === undefined) seats = seatStateOf(snapshot)
    else applySnapshot(seats, snapshot)
    handlers.onSnapshot(seats)
  }
  /** Says whether the frame fitted: `false` is a gap before it. */
  const takeFrame = (frame: SeatFrame): boolean => {
    if (isStopped || seats === undefined) return true
    const outcome = applyFrame(seats, frame)
    if (outcome.kind === 'applied' && outcome.changes.length > 0) handlers.onFrame(seats, outcome.changes)
    return outcome.kind !== 'gap'
  }
  const takeEarlyFrames = (): void => {
    early = early.filter((frame) => !takeFrame(frame))
  }

  const hear = (frame: SeatFrame): void => {
    if (frame.showId !== input.showId) return
    // frames come in order, so a position behind ours may mean that the stream began anew: the api knows
    const isBehind = frame.from === frame.to && seats !== undefined && frame.to < seats.seq
    if (!takeFrame(frame) && early.length < maxEarlyFrames) early.push(frame)
    if (!isJoined) return
    heardAtMs = performance.now()
    setState('live')
    if (isBehind || early.length > 0) asking.soon(random() * settings.repairSpreadMs)
  }

  const readMissed = async (after: number): Promise<SeatFrame | null> => {
    if (isJoined || !socket.isConnected()) return await seatSource.readChanges({ ...input, after })
    const mine = connection
    const reply = await socket.watchShow({ ...input, seq: after })
    // a room joined over another connection is a room of nobody
    isJoined = mine === connection
    heardAtMs = performance.now()
    return reply.frame
  }
  /** While the stream is away the rows can still be read; `null` asks for that too. */
  const readMissedIfKept = async (after: number): Promise<SeatFrame | null> => {
    try {
      return await readMissed(after)
    } catch (error) {
      if (retryHintMs(error) === undefined) throw error
      hasFailedToJoin = socket.isConnected() && !isJoined
      return null
    }
  }
  const ask = async (): Promise<number> => {
    const isFirst = seats === undefined
    hasFailedToJoin = false
    if (isFirst) takeSnapshot(await seatSource.readSnapshot(input))
    if (seats !== undefined && (!isFirst || socket.isConnected())) {
      const missed = await readMissedIfKept(seats.seq)
      if (missed === null) {
        const snapshot = await seatSource.readSnapshot(input)
        restartSeats(seats)
        takeSnapshot(snapshot)
      } else takeFrame(missed)
    }
    takeEarlyFrames()
    return waitMs()
  }
  const waitMs = (): number => {
    const nowMs = performance.now()
    const graceMs = lostAtMs + settings.pollAfterMs - nowMs
    if (early.length > 0) return random() * settings.repairSpreadMs
    if (isJoined && nowMs - heardAtMs < settings.silenceMs) {
      setState('live')
      return settings.silenceMs
    }
    if (!isJoined && socket.isConnected() && !hasFailedToJoin) return 0
    if (!isJoined && graceMs > 0) return graceMs
    setState('polling')
    return jitterBetween(random, settings.pollMinMs, settings.pollMaxMs)
  }

  const onConnection = (connected: boolean): void => {
    connection += 1
    isJoined = false
    if (connected) return asking.now()
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
    socket.hold({ kind: 'show', showId: input.showId }),
    socket.onConnection(onConnection),
    socket.on('seats', hear),
  ]
  const stop = (): void => {
    isStopped = true
    asking.stop()
    for (const end of ends.splice(0)) end()
  }
  return { stop, refresh: asking.now }
}
