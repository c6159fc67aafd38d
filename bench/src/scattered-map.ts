import { queryOf } from './fan-calls.ts'
import type { HttpCall } from './http-load.ts'
import { type Effort, seatsFor } from './operation.ts'
import { letIn, openSale, scatterSeats } from './sale.ts'
import { type BenchApi, startApi } from './start-api.ts'
import type { Stage } from './stage.ts'

export const seatCount = 50_000

/** The api with a show of 50,000 seats in every state by chance, and a browser's call for its map. */
export async function openScatteredMap(
  stage: Stage,
  effort: Effort,
): Promise<{ api: BenchApi; call: HttpCall }> {
  const { deps } = stage
  const { concertId, shows } = await openSale(deps, {
    seatCount: seatsFor(effort, seatCount),
    showCount: 1,
    capacity: 10,
  })
  const [fan] = await letIn(deps, concertId, 1)
  const [show] = shows
  if (fan === undefined || show === undefined) throw new Error('nobody was let in')
  await scatterSeats(deps, { ...show, concertId, fanId: fan.fanId })
  const { headers, ...call } = queryOf(deps, fan.fanId, 'seats.snapshot', {
    showId: show.showId,
    pass: fan.pass,
  })
  const api = await startApi(stage)
  return { api, call: { ...call, headers: { ...headers, 'accept-encoding': 'gzip, deflate, br' } } }
}
