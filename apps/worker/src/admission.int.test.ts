import { setTimeout as sleep } from 'node:timers/promises'
import type { AccountId } from '@greenroom/contract'
import {
  closeDeps,
  enterSale,
  followLines,
  joinLine,
  jobs,
  leaveLine,
  openDeps,
  readEntry,
  scheduleJob,
  startWorker,
} from '@greenroom/core'
import { createTestDeps, makeFan, makeShow } from '@greenroom/core/testing'
import { expect, onTestFinished, test } from 'vitest'
import { jobHandlers } from './job-handlers.ts'

const deps = await createTestDeps()

/** A worker of its own, with its own connections. */
const startOne = (name: string): { close: () => Promise<void> } => {
  const own = openDeps(deps.settings, name)
  const worker = startWorker(own, 'admission', jobHandlers(own), { concurrency: 4 })
  let closing: Promise<void> | undefined
  const close = (): Promise<void> => (closing ??= worker.close().then(() => closeDeps(own)))
  onTestFinished(close)
  return { close }
}

test('two workers tick one line, one of them stops half way: everybody gets in, never more at once than there is room for', async () => {
  const capacity = 4
  const { concertId } = await makeShow(deps, { seatCount: 200, capacity })
  const active: number[] = []
  const stop = await followLines(deps, {
    onTick: ({ progress }) => {
      if (progress.concertId === concertId) active.push(progress.active)
    },
  })
  onTestFinished(stop)
  const workers = [startOne('first'), startOne('second')]
  // two schedules, so that ticks come doubled as well
  for (const id of ['one', 'other']) {
    await scheduleJob(deps, jobs.admissionTick, { id, everyMs: 40, data: { concertId } })
  }
  const fans = await Promise.all(Array.from({ length: 60 }, () => makeFan(deps)))
  let served = 0
  const visit = async (fanId: AccountId): Promise<void> => {
    let { entry } = await joinLine(deps, { concertId, fanId })
    while (entry.state === 'waiting') {
      await sleep(10)
      entry = await readEntry(deps, { concertId, fanId })
    }
    if (entry.state === 'offered') await enterSale(deps, { concertId, fanId, pass: entry.pass })
    await leaveLine(deps, { concertId, fanId })
    served++
    if (served === fans.length / 2) await workers[0]?.close()
  }
  await Promise.all(fans.map(visit))
  expect(served).toBe(60)
  expect(active.length).toBeGreaterThan(0)
  expect(Math.max(...active)).toBeLessThanOrEqual(capacity)
})
