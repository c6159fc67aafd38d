import type { AccountId, ConcertId, Entry, LineStatus } from '@greenroom/contract'
import type { Api } from './api.ts'
import { greenroomError } from './greenroom-error.ts'
import { joinWithProof, type SolveChallenge } from './join-with-proof.ts'
import type { Place, PlaceStore } from './place-store.ts'
import type { LineSource, OwnAnswer } from './watch-line.ts'

/**
 * The line, with the proof of one's place kept and presented: what a page or a program calls to queue. What joining, entering
 * and leaving answer is told by the watches of that line at once: nothing needs to be read again.
 */
export type Line = LineSource & {
  /** The same place however often. */
  join: (concertId: ConcertId) => Promise<LineStatus>
  /** Turns an offer into a pass. */
  enter: (concertId: ConcertId, pass: string) => Promise<Entry>
  /** Goes in past the line by a code that an operator made. */
  useCode: (concertId: ConcertId, code: string) => Promise<Entry>
  /** Gives the place up; the proof of it is thrown away. */
  leave: (concertId: ConcertId) => Promise<void>
  /** The pass at hand for a concert, if there is one: what holding seats asks for. */
  readPass: (concertId: ConcertId) => string | undefined
  /**
   * Another tab of ours joined, went in or left, or may have: a reading that is under way began before, and is read again.
   * What it was answered is told by the watches.
   */
  noteChange: (concertId: ConcertId, answer?: OwnAnswer) => void
  /** Whose places are kept and shown from now on: after signing in. Each answer of the line says it too. */
  belongTo: (fanId: AccountId) => void
}

/**
 * `tellTabs`: for a page whose watches are not shared: what it was answered goes to the tabs that share one. `solve`: does what a
 * line asks of newcomers; without it joining such a line is refused.
 */
export function createLine(
  api: Pick<Api, 'waitingRoom'>,
  places: PlaceStore,
  tellTabs?: (concertId: ConcertId, answer: OwnAnswer) => void,
  solve?: SolveChallenge,
): Line {
  const keepEntry = (concertId: ConcertId, entry: Entry): void => places.keep(concertId, entry)

  /** How often this client itself changed its place in a line: a reading that began before is of the past. */
  const changes = new Map<ConcertId, number>()
  const changesOf = (concertId: ConcertId): number => changes.get(concertId) ?? 0
  const listeners = new Set<{ concertId: ConcertId; tell: (answer: OwnAnswer) => void }>()
  const noteChange = (concertId: ConcertId, answer?: OwnAnswer): void => {
    changes.set(concertId, changesOf(concertId) + 1)
    if (answer === undefined) return
    // somebody else may have signed in there: what follows is theirs, and is not kept in the place of ours
    if (answer.status !== undefined) places.belongTo(answer.status.fanId)
    for (const listener of listeners) if (listener.concertId === concertId) listener.tell(answer)
  }
  const noteAnswer = (concertId: ConcertId, answer: OwnAnswer): void => {
    noteChange(concertId, answer)
    tellTabs?.(concertId, answer)
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
      const status = await present(concertId, (place) => joinWithProof(api, { concertId, ...place }, solve))
      keepEntry(concertId, status.entry)
      noteAnswer(concertId, { entry: status.entry, status })
      return status
    },
    readStatus,
    readProgress: (concertId) => api.waitingRoom.progress.query({ concertId }),
    enter: async (concertId, pass) => {
      const entry = await api.waitingRoom.enter.mutate({ concertId, pass })
      keepEntry(concertId, entry)
      noteAnswer(concertId, { entry })
      return entry
    },
    useCode: async (concertId, code) => {
      const entry = await api.waitingRoom.useCode.mutate({ concertId, code })
      keepEntry(concertId, entry)
      noteAnswer(concertId, { entry })
      return entry
    },
    leave: async (concertId) => {
      await api.waitingRoom.leave.mutate({ concertId })
      places.forget(concertId)
      noteAnswer(concertId, { entry: { state: 'none' } })
    },
    readPass: (concertId) => places.read(concertId).pass,
    belongTo: (fanId) => void places.belongTo(fanId),
    keepEntry,
    noteChange,
    onAnswer: (concertId, tell) => {
      const listener = { concertId, tell }
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
