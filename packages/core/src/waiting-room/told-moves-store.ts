import { accountId, type AccountId, type ConcertId, lineMove, type LineMove } from '@greenroom/contract'
import { z } from 'zod'
import type { Deps } from '../platform/deps.ts'
import { luaScript } from '../platform/lua-script.ts'
import { lineKeys, runOnLine } from './line-script-store.ts'

const historyScript = luaScript(new URL('./lua/history.lua', import.meta.url))

/** One step of the line, as it was told. `entry` is its number in the order of all: epoch * 2^40 + its own. */
type ToldMove = { entry: number; move: LineMove; atMs: number; fanIds: AccountId[] }
type SeenPlace = { fanId: AccountId; place: number }

export type ToldMoves = {
  nowMs: number
  /** The newest entry there is, by its number; beyond the last of `entries` when there are more, or some were lost. */
  newestEntry: number
  entries: ToldMove[]
  places: SeenPlace[]
}

const fanIds = z.string().transform((text) => text.split(',').map((id) => accountId.parse(Number(id))))
const flat = z.array(z.string())
const reply = z.tuple([z.number(), z.number(), z.number(), flat, flat]).transform(
  ([nowMs, epoch, told, entries, places]): ToldMoves => ({
    nowMs,
    newestEntry: epoch * 2 ** 40 + told,
    entries: inGroups(entries, 4).map(([entry, move, atMs, fans]) => ({
      entry: Number(entry),
      move: lineMove.parse(move),
      atMs: Number(atMs),
      fanIds: fanIds.parse(fans),
    })),
    places: inGroups(places, 2).map(([fan, place]) => ({
      fanId: accountId.parse(Number(fan)),
      place: Number(place),
    })),
  }),
)

/** What was told and which places were given after what is known already, the oldest first. Changes nothing. */
export async function readToldMoves(
  deps: Deps,
  concertId: ConcertId,
  after: { entry: number; place: number; mostEntries: number; mostPlaces: number },
): Promise<ToldMoves> {
  const { entry, place, mostEntries, mostPlaces } = after
  return reply.parse(await runOnLine(deps, concertId, historyScript, [entry, mostEntries, place, mostPlaces]))
}

/** Removes the entries up to this one. */
export async function dropToldMoves(deps: Deps, concertId: ConcertId, entry: number): Promise<void> {
  const moves = lineKeys(concertId).at(-1) ?? ''
  await deps.redis.xtrim(moves, 'MINID', '~', `${entry + 1}-0`)
}

function inGroups(texts: string[], size: number): string[][] {
  return Array.from({ length: texts.length / size }, (_, at) => texts.slice(at * size, (at + 1) * size))
}
