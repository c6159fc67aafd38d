import type { ConcertId } from '@greenroom/contract'
import { useQuery } from '@tanstack/react-query'
import { api } from '../data/api.ts'

/** A concert's accent colour; the house's own until it is known. */
export function useAccent(concertId: ConcertId): string {
  const concerts = useQuery({ ...api.catalogue.concerts.queryOptions(), staleTime: 600_000 }).data
  return concerts?.find((concert) => concert.concertId === concertId)?.accentColor ?? '#c98a2b'
}
