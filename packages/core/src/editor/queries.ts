import {
  type ConcertId,
  DomainError,
  type EditorConcert,
  type EditorConcertPage,
  type EditorPlan,
} from '@greenroom/contract'
import type { Deps } from '../platform/deps.ts'
import { fixedPartsOf, forgetLine, readLine } from '../waiting-room/index.ts'
import { findEditorConcert, findEditorConcerts, findEditorPlans } from './editor-store.ts'

const maxListed = 500

/** The newest 500 concerts, newest first, also those without a show, which fans do not see. */
export async function listEditorConcerts(deps: Deps): Promise<EditorConcert[]> {
  const concerts = await findEditorConcerts(deps.db, maxListed)
  return await Promise.all(
    concerts.map(async (concert) => {
      const { line, phase } = await readLine(deps, concert.concertId)
      return { ...concert, phase, opensAtMs: line.opensAtMs }
    }),
  )
}

/** All that may be changed about a concert, and what is too late to. Refuses with NOT_FOUND. */
export async function readEditorConcert(deps: Deps, concertId: ConcertId): Promise<EditorConcertPage> {
  // what it was a second ago is refused as `from` of a change
  forgetLine(deps, concertId)
  const [concert, { line, phase, nowMs }] = await Promise.all([
    findEditorConcert(deps.db, concertId),
    readLine(deps, concertId),
  ])
  if (concert === undefined) throw new DomainError('NOT_FOUND', { what: 'concert' })
  const { mode, lobbyOpensAtMs, opensAtMs, closesAtMs } = line
  const isFixed = fixedPartsOf(line, nowMs)
  const hasOpened = isFixed.mode !== null
  return {
    concertId,
    ...concert,
    shows: concert.shows.map(({ hasBegun, isCancelled, isTouched, ...show }) => ({
      ...show,
      isFixed: {
        start: isCancelled ? 'cancelled' : hasBegun ? 'begun' : null,
        place: isCancelled ? 'cancelled' : hasOpened ? 'opened' : isTouched ? 'touched' : null,
      },
    })),
    line: { mode, lobbyOpensAtMs, opensAtMs, closesAtMs, phase, isFixed },
    asOfMs: nowMs,
  }
}

/** The newest 200 seat plans, newest first, each with the categories that have seats. */
export async function listEditorPlans(deps: Deps): Promise<EditorPlan[]> {
  return await findEditorPlans(deps.db, 200)
}
