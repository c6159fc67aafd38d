import type { AccountId, ConcertId, Entry } from '@greenroom/contract'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { changeLine } from '../testing/change-line.ts'
import { emptyRedis } from '../testing/empty-redis.ts'
import { makeFans } from '../testing/make-fan.ts'
import { makeShow } from '../testing/make-show.ts'
import { createTestDeps } from '../testing/test-deps.ts'
import {
  admit,
  enterSale,
  freeSlot,
  joinLine,
  leaveLine,
  readEntry,
  readLineStatus,
  requireTurn,
  takePlace,
} from './index.ts'

const deps = await createTestDeps()

/**
 * What the line should be, as plain lists: who waits in which order, who is inside, what each fan keeps at home, and the
 * tokens of their places, those of places that are over among them.
 */
type Model = {
  capacity: number
  waiting: AccountId[]
  inside: Set<AccountId>
  kept: Map<AccountId, Entry>
  tokens: Map<AccountId, string>
  oldTokens: Map<AccountId, string>
}
type Real = { concertId: ConcertId; fans: AccountId[] }
type Step = fc.AsyncCommand<Model, Real>

const tokensOf = (entry: Entry | undefined): { receipt?: string; pass?: string } => {
  if (entry?.state === 'waiting') return { receipt: entry.receipt }
  return entry?.state === 'offered' || entry?.state === 'active' ? { pass: entry.pass } : {}
}

/** The real line says the same as the model, about everybody. */
const compare = async (model: Model, { concertId, fans }: Real): Promise<void> => {
  const [waiting, inside] = await Promise.all(
    ['waiting', 'inside'].map((key) => deps.redis.zrange(`{wr:${concertId}}:${key}`, '0', '-1')),
  )
  expect(waiting?.map(Number)).toEqual(model.waiting)
  expect(new Set(inside?.map(Number))).toEqual(model.inside)
  expect(model.inside.size).toBeLessThanOrEqual(model.capacity)
  for (const fanId of fans.slice(0, 2)) {
    const entry = await readEntry(deps, { concertId, fanId })
    const ahead = model.waiting.indexOf(fanId)
    if (ahead >= 0) expect(entry).toMatchObject({ state: 'waiting', ahead })
    else expect(entry.state).toMatch(model.inside.has(fanId) ? /offered|active/ : /none/)
  }
}

const step = (text: string, run: (model: Model, real: Real) => Promise<void>): Step => ({
  check: () => true,
  run: async (model, real) => {
    await run(model, real)
    await compare(model, real)
  },
  toString: () => text,
})

const fanOf = (real: Real, index: number): AccountId => {
  const fanId = real.fans[index]
  if (fanId === undefined) throw new Error(`no fan ${index}`)
  return fanId
}

const join = (index: number): Step =>
  step(`join(${index})`, async (model, real) => {
    const fanId = fanOf(real, index)
    const { entry } = await joinLine(deps, { concertId: real.concertId, fanId })
    model.kept.set(fanId, entry)
    standInLine(model, fanId)
  })

const standInLine = (model: Model, fanId: AccountId): void => {
  if (model.waiting.includes(fanId) || model.inside.has(fanId)) return
  if (model.waiting.length === 0 && model.inside.size < model.capacity) model.inside.add(fanId)
  else model.waiting.push(fanId)
}

/** The same for who keeps one token: as long as the place is theirs, the token is the same. */
const take = (index: number): Step =>
  step(`take(${index})`, async (model, { concertId, fans }) => {
    const fanId = fanOf({ concertId, fans }, index)
    const { token, state, position } = await takePlace(deps, { concertId, fanId })
    standInLine(model, fanId)
    expect({ state, position }).toEqual(
      model.inside.has(fanId)
        ? { state: 'active', position: 0 }
        : { state: 'waiting', position: model.waiting.indexOf(fanId) + 1 },
    )
    expect(token).toBe(model.tokens.get(fanId) ?? token)
    expect(token).not.toBe(model.oldTokens.get(fanId))
    model.tokens.set(fanId, token)
    model.kept.set(fanId, await readEntry(deps, { concertId, fanId }))
  })

/** A token opens what its place opens, and one whose place is over opens nothing. */
const use = (index: number): Step =>
  step(`use(${index})`, async (model, { concertId, fans }) => {
    const fanId = fanOf({ concertId, fans }, index)
    const [token, oldToken] = [model.tokens.get(fanId), model.oldTokens.get(fanId)]
    if (oldToken !== undefined) {
      await expect(requireTurn(deps, { token: oldToken })).rejects.toMatchObject({ code: 'PASS_REFUSED' })
    }
    if (token === undefined) return
    if (model.inside.has(fanId)) {
      const { pass } = await requireTurn(deps, { token })
      expect(await readEntry(deps, { concertId, fanId })).toMatchObject({ state: 'active', pass })
      model.kept.set(fanId, await readEntry(deps, { concertId, fanId }))
    } else {
      const position = model.waiting.indexOf(fanId) + 1
      await expect(requireTurn(deps, { token })).rejects.toMatchObject({
        code: 'STILL_WAITING',
        details: { ahead: position - 1, position },
      })
    }
  })

/** The fan's place is over; the token stays in somebody's hand. */
const outlive = (model: Model, fanId: AccountId): void => {
  const token = model.tokens.get(fanId)
  if (token === undefined) return
  model.tokens.delete(fanId)
  model.oldTokens.set(fanId, token)
}

const leave = (index: number): Step =>
  step(`leave(${index})`, async (model, real) => {
    const fanId = fanOf(real, index)
    await leaveLine(deps, { concertId: real.concertId, fanId })
    model.waiting = model.waiting.filter((other) => other !== fanId)
    model.inside.delete(fanId)
    model.kept.delete(fanId)
    outlive(model, fanId)
  })

const pay = (index: number): Step =>
  step(`pay(${index})`, async (model, real) => {
    const fanId = fanOf(real, index)
    await freeSlot(deps, { concertId: real.concertId, fanId })
    if (!model.inside.delete(fanId)) return
    model.kept.delete(fanId)
    outlive(model, fanId)
  })

const tick = (): Step =>
  step('tick', async (model, { concertId }) => {
    const { offered } = await admit(deps, { concertId })
    const expected = model.waiting.splice(0, Math.max(0, model.capacity - model.inside.size))
    expect(offered).toEqual(expected)
    for (const fanId of offered) {
      model.inside.add(fanId)
      model.kept.set(fanId, await readEntry(deps, { concertId, fanId }))
    }
  })

const enter = (index: number): Step =>
  step(`enter(${index})`, async (model, { concertId, fans }) => {
    const fanId = fans[index]
    const entry = fanId === undefined ? undefined : model.kept.get(fanId)
    if (fanId === undefined || entry?.state !== 'offered') return
    model.kept.set(fanId, await enterSale(deps, { concertId, fanId, pass: entry.pass }))
  })

/** Redis is emptied; then everybody asks with what they kept, in an order of its own. */
const lose = (order: number[]): Step =>
  step(`lose(${order.join()})`, async (model, { concertId, fans }) => {
    await emptyRedis(deps)
    // what is over is forgotten with Redis, and a place of a lost epoch gets a new text
    model.oldTokens.clear()
    const tokens = [...model.tokens]
    model.tokens.clear()
    for (const index of order) {
      const fanId = fans[index]
      const entry = fanId === undefined ? undefined : model.kept.get(fanId)
      if (fanId === undefined || entry === undefined) continue
      const status = await readLineStatus(deps, { concertId, fanId, ...tokensOf(entry) })
      model.kept.set(fanId, status.entry)
    }
    for (const [fanId, token] of tokens) {
      const turn = await requireTurn(deps, { token }).catch((error: unknown) => error)
      expect(turn).toMatchObject(model.inside.has(fanId) ? { fanId } : { code: 'STILL_WAITING' })
    }
    await endReentry(concertId)
  })

/** A tick that lets nobody in makes the seats known again; then the door opens. */
const endReentry = async (concertId: ConcertId): Promise<void> => {
  expect((await admit(deps, { concertId })).offered).toEqual([])
  await deps.redis.hset(`{wr:${concertId}}:line`, 'reentryUntilMs', '0')
}

test('whatever fans do and however often Redis is emptied, the line is what a plain list would be', async () => {
  const crowd = 8
  const who = fc.nat(crowd - 1)
  const orders = fc.shuffledSubarray([...Array(crowd).keys()], { minLength: crowd })
  const steps = [
    who.map(join),
    who.map(join),
    who.map(leave),
    who.map(pay),
    who.map(enter),
    who.map(take),
    who.map(use),
    fc.constant(tick()),
    orders.map(lose),
  ]
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 4 }),
      fc.commands(steps, { size: '+1' }),
      async (capacity, commands) => {
        const { concertId } = await makeShow(deps, { seatCount: 20, capacity })
        await changeLine(deps, concertId, { reentry_window_ms: 600_000 })
        await admit(deps, { concertId })
        const fans = await makeFans(deps, crowd)
        const setUp = () => ({
          model: {
            capacity,
            waiting: [],
            inside: new Set<AccountId>(),
            kept: new Map<AccountId, Entry>(),
            tokens: new Map<AccountId, string>(),
            oldTokens: new Map<AccountId, string>(),
          },
          real: { concertId, fans },
        })
        await fc.asyncModelRun(setUp, commands)
        expect((await admit(deps, { concertId })).progress.active).toBeLessThanOrEqual(capacity)
      },
    ),
    { numRuns: 25 },
  )
})
