import type { ConcertId, ConcertSummary } from '@greenroom/contract'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { api } from '../../data/api.ts'

export type ChosenConcert = {
  /** undefined while they are on their way */
  concerts: ConcertSummary[] | undefined
  /** the one that the address names, else the first; undefined when there is none, or not yet */
  concert: ConcertSummary | undefined
  /** puts it into the address, in place of the one before */
  choose: (concertId: ConcertId) => void
}

/** The sale that the console is about: in the address, so that a link, a reload and the other pages have it too. */
export function useChosenConcert(): ChosenConcert {
  const { concert: chosen } = useSearch({ from: '/console' })
  const navigate = useNavigate()
  const concerts = useQuery({ ...api.catalogue.concerts.queryOptions(), refetchInterval: 5_000 }).data
  const concert = concerts?.find(({ concertId }) => concertId === chosen) ?? concerts?.[0]
  const choose = (concertId: ConcertId): void => {
    void navigate({ to: '.', search: (old) => ({ ...old, concert: concertId }), replace: true })
  }
  return { concerts, concert, choose }
}
