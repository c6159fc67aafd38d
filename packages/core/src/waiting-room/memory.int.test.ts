import { expect, test } from 'vitest'
import { makeShow } from '../testing/make-show.ts'
import { createTestDeps } from '../testing/test-deps.ts'
import { readProgress } from './index.ts'
import { lineKeys } from './line-script-store.ts'
import { luaScript } from '../platform/lua-script.ts'

const deps = await createTestDeps()

test('a fan who waits costs at most 120 bytes, and nothing but their place', async () => {
  const { concertId } = await makeShow(deps, { capacity: 0 })
  await readProgress(deps, concertId)
  const join = luaScript(new URL('./lua/join.lua', import.meta.url))
  const crowd = 100_000
  const keys = lineKeys(concertId)
  const batch = 500
  for (let first = 1; first <= crowd; first += batch) {
    await Promise.all(
      Array.from({ length: batch }, (_, index) =>
        join(deps.redis, keys, [first + index, 1, 0, '', 0, 0, -1, 30_000, '', '', '', '', 0]),
      ),
    )
  }
  const bytes = await Promise.all(keys.map((key) => deps.redis.memory('USAGE', key, 'SAMPLES', 0)))
  const total = bytes.reduce((sum: number, each) => sum + Number(each ?? 0), 0)
  expect(await deps.redis.zcard(`{wr:${concertId}}:waiting`)).toBe(crowd)
  expect(total / crowd).toBeLessThanOrEqual(120)
})
