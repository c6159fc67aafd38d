import { type AccountId, type ConcertId, DomainError } from '@greenroom/contract'
import { z } from 'zod'
import type { Deps } from '../platform/deps.ts'
import { luaScript } from '../platform/lua-script.ts'
import { type Line, drawEndsAtMs } from './line.ts'
import { runOnLine } from './line-script-store.ts'
import { drawnPlace, type Place, placeOf, scoreOf } from './place.ts'
import type { PassKind, ShownPass } from './tokens.ts'

const joinScript = luaScript(new URL('./lua/join.lua', import.meta.url))
const enterScript = luaScript(new URL('./lua/enter.lua', import.meta.url))
const leaveScript = luaScript(new URL('./lua/leave.lua', import.meta.url))

export type InsidePlace = {
  state: 'inside'
  nowMs: number
  kind: PassKind
  place: Place
  /** When the offer or pass ends by itself. */
  endsMs: number
  /** When it really ends: a live hold keeps it longer. */
  untilMs: number
  /** This very call let the fan in: the line was empty and the room was not. */
  isNew: boolean
  epochBeganAtMs: number
}
export type FoundPlace =
  | InsidePlace
  | {
      state: 'waiting'
      nowMs: number
      place: Place
      ahead: number | null
      admittedTotal: number
      epochBeganAtMs: number
      /** 0 when there was no tick since Redis knows the line. */
      lastTickMs: number
    }
  | { state: 'none'; nowMs: number }
  | { state: 'unproven'; place: Place }

const place = z.number().transform(placeOf)
const insideReply = z
  .tuple([
    z.literal('INSIDE'),
    z.number(),
    z.enum(['o', 'a']),
    place,
    z.number(),
    z.number(),
    z.number(),
    z.number(),
  ])
  .transform(
    ([, nowMs, kind, at, endsMs, untilMs, isNew, epochBeganAtMs]): InsidePlace => ({
      state: 'inside',
      nowMs,
      kind,
      place: at,
      endsMs,
      untilMs,
      isNew: isNew === 1,
      epochBeganAtMs,
    }),
  )
const noneReply = z
  .tuple([z.literal('NONE'), z.number()])
  .transform(([, nowMs]) => ({ state: 'none' as const, nowMs }))
const joinReply = z.union([
  z
    .tuple([z.literal('WAITING'), z.number(), place, z.number(), z.number(), z.number(), z.number()])
    .transform(([, nowMs, at, ahead, admittedTotal, epochBeganAtMs, lastTickMs]) => ({
      state: 'waiting' as const,
      nowMs,
      place: at,
      ahead: ahead < 0 ? null : ahead,
      admittedTotal,
      epochBeganAtMs,
      lastTickMs,
    })),
  insideReply,
  noneReply,
  z.tuple([z.literal('SPENT'), z.number()]).transform(() => ({ state: 'spent' as const })),
  z
    .tuple([z.literal('CROWDED'), z.number(), z.number()])
    .transform(([, , limit]) => ({ state: 'crowded' as const, limit })),
  z.tuple([z.literal('UNPROVEN'), place]).transform(([, at]) => ({ state: 'unproven' as const, place: at })),
])

export type PlaceQuestion = {
  fanId: AccountId
  mayJoin: boolean
  mayAdmit: boolean
  receipt?: Place | undefined
  pass?: ShownPass | undefined
  isProven: boolean
  /** What a newcomer is held to; nothing when left out. */
  guard?: NewcomerGuard | undefined
}

export type NewcomerGuard = {
  /** Where the fan calls from, as `addressGroup` says it, and how many accounts may wait there; `null`: not counted. */
  address: { group: string; mostWaiting: number } | null
  /** The challenge that was solved for this very joining, by its end, which names it. */
  proofEndsMs: number | null
}

/** What is known of a fan's place once tokens, if any, were checked. */
export type KnownPlace = Exclude<FoundPlace, { state: 'unproven' }>

/**
 * One atomic look for a fan's place, which makes or restores it as far as the question allows. Refuses a newcomer with
 * CHALLENGE_REFUSED `spent` or ADDRESS_CROWDED, as `guard` says.
 */
export async function askPlace(deps: Deps, line: Line, question: PlaceQuestion): Promise<FoundPlace> {
  const { receipt, pass, fanId, guard } = question
  const drawn = line.lotterySeed === null ? '' : scoreOf(drawnPlace(line.lotterySeed, fanId))
  const reply = await runOnLine(deps, line.concertId, joinScript, [
    fanId,
    question.mayJoin ? 1 : 0,
    question.mayAdmit ? 1 : 0,
    drawn,
    drawEndsAtMs(line),
    line.capacity,
    line.ratePerMinute ?? -1,
    line.claimWindowMs,
    receipt === undefined ? '' : scoreOf(receipt),
    pass === undefined ? '' : scoreOf(pass),
    pass?.kind ?? '',
    pass?.endsMs ?? '',
    question.isProven ? 1 : 0,
    guard?.address?.group ?? '',
    guard?.address?.mostWaiting ?? '',
    guard?.proofEndsMs ?? '',
  ])
  const found = joinReply.parse(reply)
  if (found.state === 'spent') throw new DomainError('CHALLENGE_REFUSED', { reason: 'spent' })
  if (found.state === 'crowded') throw new DomainError('ADDRESS_CROWDED', { limit: found.limit })
  return found
}

/** Claims the offer of exactly this place; `none` when there is no such offer any more. Safe to repeat. */
export async function claimOffer(
  deps: Deps,
  line: Line,
  offer: { fanId: AccountId; place: Place },
): Promise<InsidePlace | { state: 'none'; nowMs: number }> {
  const reply = await runOnLine(deps, line.concertId, enterScript, [
    offer.fanId,
    scoreOf(offer.place),
    line.passTtlMs,
  ])
  return z.union([insideReply, noneReply]).parse(reply)
}

/** Gives up place and slot; false when the fan had none. Safe to repeat. */
export async function dropPlace(deps: Deps, concertId: ConcertId, fanId: AccountId): Promise<boolean> {
  return (await runOnLine(deps, concertId, leaveScript, [fanId])) === 1
}
