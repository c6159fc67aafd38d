import type { AccountId, ConcertId } from '@greenroom/contract'
import { type Deps, type LineListener, readEntry } from '@greenroom/core'
import type { Broadcasts } from './broadcast.ts'
import { fanRoom, type GatewayServer, lineRoom } from './gateway-socket.ts'
import type { LineWatches } from './watch-lines.ts'
import type { ShowWatches } from './watch-shows.ts'

/** Entries read at once: a tick that lets in 1,000 fans must not put 1,000 questions to Redis in one go. */
const readsAtOnce = 8

/**
 * Says what a line's tick said: the shared numbers to everybody in the line's room, and their own new entry to the fans
 * it concerned who have a socket here; the same to a fan who moved on one of their devices. A fan whose turn ended stops
 * watching seats.
 */
export function createLinePushes(
  io: GatewayServer,
  deps: Deps,
  broadcasts: Broadcasts,
  watches: { lines: LineWatches; shows: ShowWatches },
): LineListener {
  const waiting = new Map<string, { concertId: ConcertId; fanId: AccountId; hasEnded: boolean }>()
  let readers = 0

  const push = async (concertId: ConcertId, fanId: AccountId, hasEnded: boolean): Promise<void> => {
    try {
      const entry = await readEntry(deps, { concertId, fanId })
      io.to(fanRoom(fanId)).emit('entry', { concertId, entry })
      if (hasEnded) await watches.shows.recheckFan(fanId)
    } catch (error) {
      // a hint lost: the client reads its entry again by itself
      deps.log.warn({ err: error, concertId }, 'an entry was not pushed')
    }
  }
  const readNext = async (): Promise<void> => {
    readers += 1
    for (const [key, { concertId, fanId, hasEnded }] of waiting) {
      waiting.delete(key)
      await push(concertId, fanId, hasEnded)
    }
    readers -= 1
  }

  const tell = (concertId: ConcertId, fanIds: readonly AccountId[], hasEnded: boolean): void => {
    for (const fanId of fanIds) {
      if (!io.sockets.adapter.rooms.has(fanRoom(fanId))) continue
      waiting.set(`${concertId}:${fanId}`, { concertId, fanId, hasEnded })
    }
    while (readers < Math.min(readsAtOnce, waiting.size)) void readNext()
  }

  return {
    onTick: ({ concertId, progress, offered, ended }) => {
      void broadcasts.send(lineRoom(concertId), 'queue', progress)
      watches.lines.note(progress)
      tell(concertId, offered, false)
      tell(concertId, ended, true)
    },
    onMove: ({ concertId, fanId, hasEnded }) => tell(concertId, [fanId], hasEnded),
  }
}
