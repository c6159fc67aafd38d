import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { changeLine } from '../testing/change-line.ts'
import { walkIn } from '../testing/entry-pass.ts'
import { makeFan, makeFans } from '../testing/make-fan.ts'
import { makeShow } from '../testing/make-show.ts'
import { createTestDeps } from '../testing/test-deps.ts'
import { admit, joinLine, pinPass, readEntry, requirePass } from './index.ts'

const deps = await createTestDeps()

describe('a Redis that lost one key of a line', () => {
  test('without the passes, who ran out of time inside still makes room for the next one', async () => {
    const { concertId } = await makeShow(deps, { capacity: 1 })
    await changeLine(deps, concertId, { pass_ttl_ms: 50 })
    await walkIn(deps, { concertId, fanId: await makeFan(deps) })
    const next = await makeFan(deps)
    await joinLine(deps, { concertId, fanId: next })
    await deps.redis.del(`{wr:${concertId}}:passes`)
    await sleep(80)
    expect((await admit(deps, { concertId })).offered).toEqual([next])
  })

  test('without the passes, who shows theirs is inside again and takes no second slot', async () => {
    const { concertId } = await makeShow(deps, { capacity: 2 })
    const fanId = await makeFan(deps)
    const pass = await walkIn(deps, { concertId, fanId })
    await deps.redis.del(`{wr:${concertId}}:passes`)
    expect(await requirePass(deps, { concertId, fanId, pass })).toMatchObject({ fanId })
    expect(await deps.redis.zcard(`{wr:${concertId}}:inside`)).toBe(1)
  })

  test('without the set of those inside, passes count again as they are shown, while there is room', async () => {
    const { concertId } = await makeShow(deps, { capacity: 2 })
    const [first, second, third] = await makeFans(deps, 3)
    if (first === undefined || second === undefined || third === undefined) throw new Error('three fans')
    const passes = [
      { concertId, fanId: first, pass: await walkIn(deps, { concertId, fanId: first }) },
      { concertId, fanId: second, pass: await walkIn(deps, { concertId, fanId: second }) },
    ] as const
    await deps.redis.del(`{wr:${concertId}}:inside`)
    await walkIn(deps, { concertId, fanId: third })
    expect(await requirePass(deps, passes[0])).toMatchObject({ fanId: first })
    await pinPass(deps, passes[1], Date.now() + 60_000)
    await expect(requirePass(deps, passes[1])).rejects.toMatchObject({ code: 'STILL_WAITING' })
    expect(await readEntry(deps, { concertId, fanId: second })).toMatchObject({ state: 'waiting', ahead: 0 })
    expect(await deps.redis.zcard(`{wr:${concertId}}:inside`)).toBe(2)
  })
})
