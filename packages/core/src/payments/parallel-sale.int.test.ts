import { checkHistory, checkSeatRegisters, readFinalState } from '@greenroom/oracles'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openDeps } from '../platform/deps.ts'
import { checkLedger } from '../testing/check-ledger.ts'
import { checkSeats } from '../testing/check-seats.ts'
import { makeSaleWorld } from '../testing/parallel-sale/make-sale-world.ts'
import { saleCommands } from '../testing/parallel-sale/sale-commands.ts'
import { createTestDeps } from '../testing/test-deps.ts'

const deps = await createTestDeps({ poolSize: 12 })
const other = openDeps({ ...deps.settings, databasePoolSize: 12 }, 'another process')
const seatCount = 5

test('8 to 32 actors at once over two processes: every seat, key and won as if they had come one by one', async () => {
  const scripts = fc.array(fc.commands(saleCommands(seatCount), { maxCommands: 16, size: 'max' }), {
    minLength: 8,
    maxLength: 32,
    size: 'max',
  })
  let calls = 0
  await fc.assert(
    fc.asyncProperty(scripts, async (actors) => {
      const world = await makeSaleWorld([deps, other], { seatCount, fanCount: 6 })
      const { fans, show, recorder } = world
      await Promise.all(
        actors.map((commands, actor) => {
          const fan = fans[actor % fans.length]
          if (fan === undefined) throw new Error('no fans')
          const own = { actor, fan, deps: actor % 2 === 0 ? deps : other }
          return fc.asyncModelRun(() => ({ model: own, real: world }), commands)
        }),
      )
      calls += recorder.history.length
      expect(checkSeatRegisters(recorder.history, { skewMs: 5 })).toEqual([])
      const final = await readFinalState(async (sql) => (await deps.db.pool.query(sql)).rows)
      expect(checkHistory(recorder.history, { final })).toEqual([])
      expect(await checkSeats(deps, show.showId)).toEqual([])
      expect(await checkLedger(deps)).toEqual([])
    }),
    // what many did at once does not happen the same way again, so there is nothing to shrink
    { numRuns: 6, endOnFailure: true },
  )
  expect(calls).toBeGreaterThan(300)
})
