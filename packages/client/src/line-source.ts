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

  /** A proof that is refused (another fan's on this device, spent, of a key long gone) is of no use: ask without it. */
  const present = async (
    concertId: ConcertId,
    call: (place: Place) => Promise<LineStatus>,
  ): Promise<LineStatus> => {
    const place = places.read(concertId)
    const status = await call(place).catch((error: unknown) => {
      const code = greenroomError(error)?.code
      if (code !== 'RECEIPT_REFUSED' && code !== 'PASS_REFUSED') throw error
      places.forget(concertId)
      return call({})
    })
    keepEntry(concertId, status.entry)
    return status
  }

  return {
    join: (concertId) => present(concertId, (place) => api.waitingRoom.join.mutate({ concertId, ...place })),
    readStatus: (concertId) =>
      present(concertId, (place) => api.waitingRoom.status.query({ concertId, ...place })),
    readProgress: (concertId) => api.waitingRoom.progress.query({ concertId }),
    enter: async (concertId, pass) => {
      const entry = await api.waitingRoom.enter.mutate({ concertId, pass })
      keepEntry(concertId, entry)
      return entry
    },
    leave: async (concertId) => {
      await api.waitingRoom.leave.mutate({ concertId })
      places.forget(concertId)
    },
    readPass: (concertId) => places.read(concertId).pass,
    keepEntry,
  }
}
