import type { SeatGeometry } from '@greenroom/contract'
import { decodeSeatGeometry } from '@greenroom/contract/plain'
import { useQuery } from '@tanstack/react-query'

/** Where the seats are: one file per plan version that never changes, so it is fetched once and kept. */
export function useGeometry(url: string | undefined) {
  return useQuery({
    queryKey: ['geometry', url],
    queryFn: ({ signal }) => fetchGeometry(url ?? '', signal),
    enabled: url !== undefined,
    staleTime: Infinity,
    gcTime: Infinity,
    structuralSharing: false,
  })
}

async function fetchGeometry(url: string, signal: AbortSignal): Promise<SeatGeometry> {
  const answer = await fetch(url, { signal })
  if (!answer.ok) throw new Error(`${url} answers ${answer.status}`)
  return decodeSeatGeometry(new Uint8Array(await answer.arrayBuffer()))
}
