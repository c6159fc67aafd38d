import type { AccountId } from '@greenroom/contract'
import type { Deps } from '@greenroom/core'
import type { HttpCall, Judge } from './http-load.ts'
import { requestEach } from './http-load.ts'
import type { InsideFan } from './sale.ts'
import { bearerOf } from './session-token.ts'

/** A mutation as a signed-in fan's program sends it. */
export const mutationOf = (deps: Deps, fanId: AccountId, procedure: string, input: object): HttpCall => ({
  method: 'POST',
  path: `/trpc/${procedure}`,
  body: JSON.stringify(input),
  headers: bearerOf(deps, fanId),
})

/** A query likewise. */
export const queryOf = (deps: Deps, fanId: AccountId, procedure: string, input: object): HttpCall => ({
  method: 'GET',
  path: `/trpc/${procedure}?input=${encodeURIComponent(JSON.stringify(input))}`,
  headers: bearerOf(deps, fanId),
})

/** As every fan does before they choose: from then on the api mirrors the show's seats. */
export async function lookAtMaps(
  deps: Deps,
  port: number,
  fan: InsideFan | undefined,
  showIds: readonly number[],
): Promise<void> {
  if (fan === undefined) throw new Error('nobody was let in')
  const { fanId, pass } = fan
  const calls = showIds.map((showId) => queryOf(deps, fanId, 'seats.snapshot', { showId, pass }))
  const { failure } = await requestEach(port, calls, { atOnce: 1, maxMs: 60_000 })
  if (failure !== undefined) throw new Error(`a map was not to be had: ${failure}`)
}

/** For replies that are read because 200 says too little. */
export const mustContain =
  (text: string): Judge =>
  ({ status, body }) =>
    status === 200 && body.includes(text) ? undefined : `status ${status}: ${body.slice(0, 200)}`
