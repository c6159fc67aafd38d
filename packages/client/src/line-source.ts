import type { AccountId, ConcertId, Entry, LineStatus } from '@greenroom/contract'
import type { Api } from './api.ts'
import { greenroomError } from './greenroom-error.ts'
import type { Place, PlaceStore } from './place-store.ts'
import type { LineSource } from './watch-line.ts'

/** The line, with the proof of one's place kept and presented: what a page or a program calls to queue. */
export type Line = LineSource & {
  /** The same place however often. */
  join: (concertId: ConcertId) => Promise<LineStatus>
  /** Turns an offer into a pass. */
  enter: (concertId: ConcertId, pass: string) => Promise<Entry>
  /** Gives the place up; the proof of it is thrown away. */
  leave: (concertId: ConcertId) => Promise<void>
  /** The pass at hand for a concert, if there is one: what holding seats asks for. */
  readPass: (concertId: ConcertId) => string | undefined
  /** Another tab of ours joined, went in or left: a reading that is under way began before, and is read again. */
  noteChange: (concertId: ConcertId) => void
  /** Whose places are kept and shown from now on: after signing in. Each answer of the line says it too. */
  belongTo: (fanId: AccountId) => void
}

export function createLine(api: Pick<Api, 'waitingRoom'>, places: PlaceStore): Line {
  const keepEntry = (concertId: ConcertId, entry: Entry): void => places.keep(concertId, entry)

  /** How often this client itself changed its place in a line: a reading that began before is of the past. */
  const changes = new Map<ConcertId, number>()
  const changesOf = (concertId: ConcertId): number => changes.get(concertId) ?? 0
  const noteChange = (concertId: ConcertId): void => {
    changes.set(concertId, changesOf(concertId) + 1)
  }

  /**
   * Asks with the proof at hand. One that is refused (spent, of a key long gone) is of no use and thrown away; another
   * fan's stays theirs. An answer that says we are somebody else than thought is asked for again with that fan's own proof.
   */
  const present = async (
    concertId: ConcertId,
    call: (place: Place) => Promise<LineStatus>,
  ): Promise<LineStatus> => {
    const status = await call(places.read(concertId)).catch((error: unknown) => {
      const refusal = greenroomError(error)
      if (refusal?.code !== 'RECEIPT_REFUSED' && refusal?.code !== 'PASS_REFUSED') throw error
      if (refusal.details.reason !== 'otherFan') places.forget(concertId)
      return call({})
    })
    const isSomebodyElse = places.belongTo(status.fanId)
    if (!isSomebodyElse || places.read(concertId).receipt === undefined) return status
    return await present(concertId, call)
  }

  /** Read again when a join, an entry or a leave of our own was answered meanwhile: "no place" would undo a join. */
  const readStatus = async (concertId: ConcertId): Promise<LineStatus> => {
    const before = changesOf(concertId)
    const status = await present(concertId, (place) => api.waitingRoom.status.query({ concertId, ...place }))
    if (changesOf(concertId) !== before) return await readStatus(concertId)
    keepEntry(concertId, status.entry)
    return status
  }

  return {
    join: async (concertId) => {
      const status = await present(concertId, (place) => api.waitingRoom.join.mutate({ concertId, ...place }))
      noteChange(concertId)
      keepEntry(concertId, status.entry)
      return status
    },
    readStatus,
    readProgress: (concertId) => api.waitingRoom.progress.query({ concertId }),
    enter: async (concertId, pass) => {
      const entry = await api.waitingRoom.enter.mutate({ concertId, pass })
      noteChange(concertId)
      keepEntry(concertId, entry)
      return entry
    },
    leave: async (concertId) => {
      await api.waitingRoom.leave.mutate({ concertId })
      noteChange(concertId)
      places.forget(concertId)
    },
    readPass: (concertId) => places.read(concertId).pass,
    belongTo: (fanId) => void places.belongTo(fanId),
    keepEntry,
    noteChange,
  }
}
