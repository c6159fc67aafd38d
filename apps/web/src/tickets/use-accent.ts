import type { ConcertId } from '@greenroom/contract'
import { useQuery } from '@tanstack/react-query'
import { api } from '../data/api.ts'

/** Of a poster whose colour is on its way: it does not turn from one colour into another. */
const unknown = '#6b7570'
/** The house's own: of what is no longer on the bill, or where there is no network. */
const house = '#c98a2b'

/** A concert's accent colour. */
export function useAccent(concertId: ConcertId): string {
  const { data: concerts, fetchStatus } = useQuery({
    ...api.catalogue.concerts.queryOptions(),
    staleTime: 600_000,
  })
  if (concerts === undefined && fetchStatus === 'fetching') return unknown
  return concerts?.find((concert) => concert.concertId === concertId)?.accentColor ?? house
}
