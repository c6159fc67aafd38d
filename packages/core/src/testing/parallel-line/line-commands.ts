import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Entry } from '@greenroom/contract'
import type { EnterEvent, JoinEvent, LeaveEvent, LinePlace, PayEvent, PlaceEvent } from '@greenroom/oracles'
import fc from 'fast-check'
import { inTransaction } from '../../platform/database.ts'
import type { Deps } from '../../platform/deps.ts'
import {
  admit,
  enterSale,
  freeSlot,
  joinLine,
  leaveLine,
  markPassSpent,
  readLineStatus,
} from '../../waiting-room/index.ts'
import { readPass, readReceipt } from '../../waiting-room/tokens.ts'
import { emptyRedis } from '../empty-redis.ts'
import type { LineFan, LineWorld } from './make-line-world.ts'

type LineActor = { actor: number; fan: LineFan; deps: Deps }

type LineCommand = fc.AsyncCommand<LineActor, LineWorld>

/** Whatever a person's tab may ask of a line, what workers do, and now and then the loss of all that Redis knew. */
export function lineCommands(): fc.Arbitrary<LineCommand>[] {
  const once = (made: LineCommand): fc.Arbitrary<LineCommand> => fc.constant(made)
  return [
    once(join),
    once(join),
    once(look),
    once(look),
    once(enter),
    once(enter),
    once(leave),
    once(pay),
    once(tick),
    once(tick),
    fc.integer({ min: 20, max: 200 }).map(think),
    fc.nat(30).map(loseRedis),
  ]
}

function command(
  name: string,
  run: (actor: LineActor, world: LineWorld) => Promise<void>,
  check: (actor: LineActor) => boolean = () => true,
): LineCommand {
  return { check: (actor) => check(actor), run, toString: () => name }
}

/** What Redis says while it is being rebuilt, and to whoever shows what has bought something. */
const lineRefusals = ['LINE_REBUILDING', 'RECEIPT_REFUSED', 'PASS_REFUSED']

const join = command('join', async (who, { concertId, recorder }) => {
  await recorder.record<JoinEvent>(
    { ...callOf(who), op: 'join', concertId },
    async () => {
      const shown = tokensOf(who.fan.entry)
      who.fan.entry = { state: 'none' }
      const ask = { concertId, fanId: who.fan.fanId, ...shown }
      const { entry } = await joinLine(who.deps, ask)
      who.fan.entry = entry
      if (entry.state === 'none') throw new Error('a fan who joined is nowhere')
      const place = placeOf(who, concertId, entry)
      return {
        state: entry.state,
        ...(place === undefined ? {} : { place }),
        ...(entry.state === 'offered' ? { offerEndsMs: entry.claimBeforeMs } : {}),
        ...(entry.state === 'active' ? { untilMs: entry.expiresAtMs } : {}),
      }
    },
    lineRefusals,
  )
})

const look = command('look', async (who, { concertId, recorder }) => {
  await recorder.record<PlaceEvent>(
    { ...callOf(who), op: 'place', concertId },
    async () => {
      const ask = { concertId, fanId: who.fan.fanId, ...tokensOf(who.fan.entry) }
      const { entry } = await readLineStatus(who.deps, ask)
      who.fan.entry = entry
      const place = placeOf(who, concertId, entry)
      const ahead = entry.state === 'waiting' && entry.ahead !== null ? { ahead: entry.ahead } : {}
      return { state: entry.state, ...(place === undefined ? {} : { place }), ...ahead, ...untilOf(entry) }
    },
    lineRefusals,
  )
})

const enter = command(
  'enter',
  async (who, { concertId, recorder }) => {
    const { entry, fanId } = who.fan
    if (entry.state !== 'offered') return
    await recorder.record<EnterEvent>({ ...callOf(who), op: 'enter', concertId }, async () => {
      const inside = await enterSale(who.deps, { concertId, fanId, pass: entry.pass })
      if (inside.state !== 'active') throw new Error(`a fan who entered is ${inside.state}`)
      who.fan.entry = inside
      const place = placeOf(who, concertId, inside)
      return { untilMs: inside.expiresAtMs, ...(place === undefined ? {} : { place }) }
    }, [...lineRefusals, 'STILL_WAITING'])
  },
  ({ fan }) => fan.entry.state === 'offered',
)

const leave = command('leave', async (who, { concertId, recorder }) => {
  await recorder.record<LeaveEvent>(
    { ...callOf(who), op: 'leave', concertId },
    async () => {
      who.fan.entry = { state: 'none' }
      await leaveLine(who.deps, { concertId, fanId: who.fan.fanId })
      return {}
    },
    lineRefusals,
  )
})

/** What a payment does to the line: the place is spent with the commit, the slot is free soon after. */
const pay = command(
  'pay',
  async (who, { concertId, recorder }) => {
    const fan = { concertId, fanId: who.fan.fanId }
    await recorder.record<PayEvent>({
      ...callOf(who),
      op: 'pay',
      concertId,
      reservationIds: [],
      key: randomUUID(),
    }, async () => {
      await inTransaction(who.deps.db, (tx) => markPassSpent(tx, fan))
      await freeSlot(who.deps, fan)
      return {}
    }, [])
  },
  ({ fan }) => fan.entry.state === 'active',
)

const tick = command('tick', async ({ deps }, { concertId }) => {
  await admit(deps, { concertId })
})

function think(ms: number): LineCommand {
  return command(`think(${ms})`, async () => await sleep(ms))
}

/** One in thirty of those that ask for it. */
function loseRedis(chance: number): LineCommand {
  return command(`lose(${chance})`, async ({ deps }, { redisLostAtMs }) => {
    if (chance > 0) return
    redisLostAtMs.push(performance.timeOrigin + performance.now())
    await emptyRedis(deps)
    redisLostAtMs.push(performance.timeOrigin + performance.now())
  })
}

function untilOf(entry: Entry): { untilMs?: number } {
  if (entry.state === 'offered') return { untilMs: entry.claimBeforeMs }
  return entry.state === 'active' ? { untilMs: entry.expiresAtMs } : {}
}

function tokensOf(entry: Entry): { receipt?: string; pass?: string } {
  if (entry.state === 'waiting') return { receipt: entry.receipt }
  return entry.state === 'none' ? {} : { pass: entry.pass }
}

function placeOf(who: LineActor, concertId: LineWorld['concertId'], entry: Entry): LinePlace | undefined {
  const bearer = { concertId, fanId: who.fan.fanId }
  if (entry.state === 'none') return undefined
  const { epoch, seq } =
    entry.state === 'waiting'
      ? readReceipt(who.deps, bearer, entry.receipt)
      : readPass(who.deps, bearer, entry.pass)
  return { epoch, seq }
}

function callOf({ actor, fan }: LineActor): { actor: number; fanId: number } {
  return { actor, fanId: fan.fanId }
}
