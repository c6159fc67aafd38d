import type { AccountId, ConcertId } from '@greenroom/contract'
import { z } from 'zod'
import type { Deps } from '../platform/deps.ts'
import { foldCalls } from '../platform/fold-calls.ts'
import { luaScript } from '../platform/lua-script.ts'
import { runOnLine } from './line-script-store.ts'
import { type Place, placeOf } from './place.ts'

const lookScript = luaScript(new URL('./lua/look.lua', import.meta.url))
const lookReply = z.tuple([z.number()]).rest(z.string())

/** An active pass that Redis has and that is not over: its own end, and its end with pins. */
export type LivePass = { place: Place; endsMs: number; untilMs: number; nowMs: number }

/**
 * The fan's active pass, `undefined` when Redis has none that is good now: then `askPlace` says why. Those who look in the same
 * turn look together. Refuses like `runOnLine`.
 */
export const findLivePass = foldCalls(
  async (deps: Deps, concertId: ConcertId, fanIds: AccountId[]): Promise<(LivePass | undefined)[]> => {
    const [nowMs, ...entries] = lookReply.parse(await runOnLine(deps, concertId, lookScript, fanIds))
    return entries.map((entry) => readEntry(entry, nowMs))
  },
)

function readEntry(entry: string, nowMs: number): LivePass | undefined {
  const [kind, score, endsMs, untilMs] = entry.split(':')
  if (kind !== 'a') return undefined
  return { place: placeOf(Number(score)), endsMs: Number(endsMs), untilMs: Number(untilMs), nowMs }
}
