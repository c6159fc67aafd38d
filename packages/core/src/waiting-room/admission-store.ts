import { type AccountId, accountId, type ConcertId } from '@greenroom/contract'
import { z } from 'zod'
import type { Deps } from '../platform/deps.ts'
import { foldCalls } from '../platform/fold-calls.ts'
import { luaScript } from '../platform/lua-script.ts'
import type { Line } from './line.ts'
import type { Stock } from './line-store.ts'
import { runOnLine } from './line-script-store.ts'
import { type Place, placeOf, scoreOf } from './place.ts'

const admitScript = luaScript(new URL('./lua/admit.lua', import.meta.url))
const progressScript = luaScript(new URL('./lua/progress.lua', import.meta.url))
const freeScript = luaScript(new URL('./lua/free.lua', import.meta.url))
const idleScript = luaScript(new URL('./lua/idle.lua', import.meta.url))
const pinScript = luaScript(new URL('./lua/pin.lua', import.meta.url))
const staffScript = luaScript(new URL('./lua/staff.lua', import.meta.url))

/** The line's counters at one instant of Redis' clock. */
export type Counters = {
  nowMs: number
  epoch: number
  admittedTotal: number
  waiting: number
  active: number
  outflowPerMinute: number | null
  /** `null` until the first tick has counted. */
  stock: Stock | null
}

const stockJson = z.string().transform((text) => {
  return text === '' ? [] : z.array(z.tuple([z.number(), z.number()])).parse(JSON.parse(text))
})
const counterFields = [
  z.number(),
  z.number(),
  z.number(),
  z.number(),
  z.number(),
  z.string(),
  z.number(),
  stockJson,
] as const
const fans = z.array(z.coerce.number().pipe(accountId))
const progressReply = z.tuple(counterFields).transform(toCounters)
const tickReply = z.tuple([...counterFields, fans, fans]).transform(([...reply]) => {
  const [offered, ended] = [reply[8], reply[9]]
  return { counters: toCounters(reply), offered, ended }
})

function toCounters(
  fields: readonly [number, number, number, number, number, string, number, [number, number][], ...unknown[]],
): Counters {
  const [nowMs, epoch, admittedTotal, waiting, active, outflow, obtainable, byCategory] = fields
  return {
    nowMs,
    epoch,
    admittedTotal,
    waiting,
    active,
    outflowPerMinute: outflow === '' ? null : Number(outflow),
    stock: obtainable < 0 ? null : { obtainable, byCategory },
  }
}

export async function readCounters(deps: Deps, concertId: ConcertId): Promise<Counters> {
  return progressReply.parse(await runOnLine(deps, concertId, progressScript, []))
}

/** Bounds of one tick's work in Redis, which serves nobody else meanwhile: 1,000 offers take about 3 ms. */
export const mostOffers = 1_000
const mostEndings = 1_000

/** One tick: ends what ran out, offers what is free. Repeats and races admit nobody too many. */
export async function tickLine(
  deps: Deps,
  line: Line,
  tick: { mayAdmit: boolean; stock: Stock },
): Promise<{ counters: Counters; offered: AccountId[]; ended: AccountId[] }> {
  const reply = await runOnLine(deps, line.concertId, admitScript, [
    tick.mayAdmit ? 1 : 0,
    line.capacity,
    line.ratePerMinute ?? -1,
    line.claimWindowMs,
    tick.stock.obtainable,
    JSON.stringify(tick.stock.byCategory),
    mostOffers,
    mostEndings,
    line.isLoadAware ? 1 : 0,
  ])
  return tickReply.parse(reply)
}

/** Ms since anybody ticked this line. */
export async function readIdleMs(deps: Deps, concertId: ConcertId): Promise<number> {
  return z.number().parse(await runOnLine(deps, concertId, idleScript, []))
}

/** Ends the passes of these fans; with a place given, only if that place or an earlier one is the one they are in with. */
export async function endPasses(
  deps: Deps,
  concertId: ConcertId,
  spent: { fanId: AccountId; place?: Place }[],
): Promise<void> {
  const args = spent.flatMap(({ fanId, place }) => [fanId, place === undefined ? '' : scoreOf(place)])
  await runOnLine(deps, concertId, freeScript, args)
}

/** The same for one fan, whatever place they are in with; those of one turn go together. */
export async function endPass(deps: Deps, concertId: ConcertId, fanId: AccountId): Promise<void> {
  await endFolded(deps, concertId, fanId)
}

const endFolded = foldCalls(async (deps: Deps, concertId: ConcertId, fanIds: AccountId[]) => {
  await endPasses(
    deps,
    concertId,
    fanIds.map((fanId) => ({ fanId })),
  )
  return fanIds
})

/** Keeps the fan's pass until `untilMs` at least; `undefined` gives it back its own end. Those of one turn go together. */
export async function keepPass(
  deps: Deps,
  concertId: ConcertId,
  fanId: AccountId,
  untilMs: number | undefined,
): Promise<void> {
  await keepFolded(deps, concertId, { fanId, untilMs })
}

type Keep = { fanId: AccountId; untilMs: number | undefined }

const keepFolded = foldCalls(async (deps: Deps, concertId: ConcertId, keeps: Keep[]) => {
  await runOnLine(
    deps,
    concertId,
    pinScript,
    keeps.flatMap(({ fanId, untilMs }) => [fanId, untilMs ?? '']),
  )
  return keeps
})

/** Offers one person a slot past the line and over capacity, or renews the pass they have; the place it is for. */
export async function offerToStaff(deps: Deps, line: Line, fanId: AccountId): Promise<Place> {
  const reply = await runOnLine(deps, line.concertId, staffScript, [
    fanId,
    line.claimWindowMs,
    line.passTtlMs,
  ])
  return z
    .tuple([z.literal('INSIDE'), z.number(), z.enum(['o', 'a']), z.number()])
    .rest(z.number())
    .transform(([, , , score]) => placeOf(score))
    .parse(reply)
}
