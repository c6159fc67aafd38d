import { checkHistory, type HistoryEvent } from '@greenroom/oracles'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openDeps } from '../platform/deps.ts'
import { lineCommands } from '../testing/parallel-line/line-commands.ts'
import { makeLineWorld, turns } from '../testing/parallel-line/make-line-world.ts'
import { createTestDeps } from '../testing/test-deps.ts'

const deps = await createTestDeps()
const other = openDeps(deps.settings, 'another process')

/** After a loss those ahead come back one by one, so what is read rises for a while; what is shown does not. */
function withoutAhead(history: readonly HistoryEvent[], isLost: boolean): HistoryEvent[] {
  return history.map((event) => {
    if (event.op !== 'place' || !isLost) return event
    const { ahead: _, ...rest } = event
    return rest
  })
}

test('8 to 32 actors at once over two processes: first come, first served, and never too many inside', async () => {
  const scripts = fc.array(fc.commands(lineCommands(), { maxCommands: 30, size: 'max' }), {
    minLength: 8,
    maxLength: 32,
    size: 'max',
  })
  let calls = 0
  await fc.assert(
    fc.asyncProperty(scripts, fc.integer({ min: 1, max: 6 }), async (actors, capacity) => {
      // two tabs each, or nearly: what one of them does the other hears of late
      const world = await makeLineWorld(deps, { capacity, fanCount: Math.ceil(actors.length * 0.6) })
      const { fans, recorder, concertId, redisLostAtMs } = world
      await Promise.all(
        actors.map((commands, actor) => {
          const fan = fans[actor % fans.length]
          if (fan === undefined) throw new Error('no fans')
          const own = { actor, fan, deps: actor % 2 === 0 ? deps : other }
          return fc.asyncModelRun(() => ({ model: own, real: world }), commands)
        }),
      )
      calls += recorder.history.length
      const facts = { capacities: new Map([[Number(concertId), capacity]]), turns, redisLostAtMs }
      expect(checkHistory(withoutAhead(recorder.history, redisLostAtMs.length > 0), facts)).toEqual([])
    }),
    { numRuns: 8, endOnFailure: true },
  )
  expect(calls).toBeGreaterThan(300)
})
