import type { ConcertId, Entry, LineStatus } from '@greenroom/contract'
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
}

export function createLine(api: Api, places: PlaceStore): Line {
  const keepEntry = (concertId: ConcertId, entry: Entry): void => places.keep(concertId, entry)

  /** How often this client itself changed its place in a line: a reading that began before is of the past. */
  const changes = new Map<ConcertId, number>()
  const changesOf = (concertId: ConcertId): number => changes.get(concertId) ?? 0
  const noteChange = (concertId: ConcertId): void => {
    changes.set(concertId, changesOf(concertId) + 1)
  }

  /** A proof that is refused (another fan's on this device, spent, of a key long gone) is of no use: ask without it. */
  const present = async (
    concertId: ConcertId,
    call: (place: Place) => Promise<LineStatus>,
  ): Promise<LineStatus> => {
    const place = places.read(concertId)
    return await call(place).catch((error: unknown) => {
      const code = greenroomError(error)?.code
      if (code !== 'RECEIPT_REFUSED' && code !== 'PASS_REFUSED') throw error
      places.forget(concertId)
      return call({})
    })
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
    keepEntry,
  }
}
