import type { ConcertId } from '@greenroom/contract'
import { readId } from '../../app/read-id.ts'

export type ConsoleSearch = { concert?: ConcertId }

/** The sale that the console is about, from the address; what names no possible one is left out. */
export function parseConsoleSearch(search: Record<string, unknown>): ConsoleSearch {
  const concert = readId<ConcertId>(String(search['concert']))
  return concert === undefined ? {} : { concert }
}
