import type { SeatFrame, ShowId } from '@greenroom/contract'
import { mergeEntries, readChangesSince, readSeatPosition, type SeatEntry } from '@greenroom/core'
import { readEntriesAfter } from '@greenroom/core/rules'
import type { Process } from '../processes.ts'
import type { World } from './world.ts'

/** How often a gateway looks for entries: it blocks on the stream in the product, and coalesces for 100 ms. */
const readEveryMs = 100
/** When nothing happens any more, which saves the run many steps that say nothing. */
const calmReadEveryMs = 1_000
const heartbeatMs = 5_000

/** A gateway process as far as seats go: follows the streams of its shows and sends frames to who joined their rooms. */
export type SeatGateway = {
  process: Process
  /** Joins a room, then says what was missed since `seq`, as the gateway's `show:watch` does. */
  watch: (
    listener: (frame: SeatFrame) => void,
    input: { showId: ShowId; seq?: number | undefined },
  ) => Promise<{ seq: number; frame: SeatFrame | null }>
}

export function startSeatGateway(world: World, process: Process): SeatGateway {
  const { scheduler, faults } = world
  const rooms = new Map<ShowId, Set<(frame: SeatFrame) => void>>()
  const positions = new Map<ShowId, number>()
  const sentAtMs = new Map<ShowId, number>()

  const send = (frame: SeatFrame): void => {
    sentAtMs.set(frame.showId, scheduler.nowMs())
    for (const listener of rooms.get(frame.showId) ?? []) {
      for (const delayMs of faults.arrivals(faults.roughness.job, 3_000))
        scheduler.post(undefined, 'a frame', () => listener(frame), delayMs)
    }
  }
  const readOn = async (showId: ShowId, position: number): Promise<void> => {
    let run: SeatEntry[] = []
    let last = position
    const flush = (): void => {
      const frame = mergeEntries(showId, run)
      run = []
      if (frame !== null) send(frame)
    }
    for (const entry of await readEntriesAfter(process.deps.redis, showId, position, 1_000)) {
      if (entry.seq !== last + 1) flush()
      run.push(entry)
      last = entry.seq
    }
    positions.set(showId, Math.max(last, positions.get(showId) ?? 0))
    flush()
    if (scheduler.nowMs() - (sentAtMs.get(showId) ?? 0) < heartbeatMs) return
    const now = await readSeatPosition(process.deps, showId)
    send({ showId, from: now, to: now, changes: [] })
  }
  const loop = (): void => {
    const reading = [...positions].map(([showId, position]) =>
      // Redis is away: silence is what tells the clients
      readOn(showId, position).catch((error: unknown) => world.witness.seeError(error)),
    )
    const nextMs = faults.isCalm() ? calmReadEveryMs : readEveryMs
    void Promise.all(reading).then(() => scheduler.post(process, 'reads the streams', loop, nextMs))
  }
  scheduler.post(process, 'reads the streams', loop, readEveryMs)

  return {
    process,
    watch: async (listener, { showId, seq }) => {
      const room = rooms.get(showId) ?? new Set()
      rooms.set(showId, room)
      room.add(listener)
      const position = positions.get(showId) ?? (await readSeatPosition(process.deps, showId))
      if (!positions.has(showId)) positions.set(showId, position)
      const frame = seq === undefined ? null : await readChangesSince(process.deps, showId, seq)
      return { seq: frame?.to ?? position, frame }
    },
  }
}
