import type { ConcertId } from '@greenroom/contract'
import type { LineReading } from '@greenroom/oracles'
import { z } from 'zod'
import type { Deps } from '../platform/deps.ts'
import { luaScript } from '../platform/lua-script.ts'
import { runOnLine } from './line-script-store.ts'
import { readLine } from './recent-line.ts'

const inspectScript = luaScript(new URL('./lua/inspect.lua', import.meta.url))
const inspectReply = z.tuple([z.number(), z.number(), z.array(z.number())])

/** Those who are looked at one by one in one look: 3 ms of Redis. Of a room that has more, others the next minute. */
const mostFans = 5_000

/**
 * What the oracles of a line ask, in one step of Redis. Each look begins the time that the next one speaks of, and what is
 * wrong is found again until it is not; the first after a loss of Redis finds no room too full. Refuses with NOT_FOUND,
 * UNAVAILABLE or LINE_REBUILDING.
 */
export async function inspectLine(deps: Deps, concertId: ConcertId): Promise<LineReading> {
  const { line } = await readLine(deps, concertId)
  const reply = await runOnLine(deps, concertId, inspectScript, [line.capacity, mostFans])
  const [inside, allowed, doubled] = inspectReply.parse(reply)
  return { concertId, inside, allowed, doubled }
}
