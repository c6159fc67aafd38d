import { randomUUID } from 'node:crypto'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { Deps } from '../platform/deps.ts'
import { writeReport } from './load-store.ts'
import type { LoadWindow } from './load-window.ts'

const reportEveryMs = 1_000
/** A statement takes a few milliseconds; ten looks a second tell a full pool from a busy one. */
const lookEveryMs = 100
const loopResolutionMs = 10

/**
 * Tells Redis once a second how busy this process is, until stopped. A hint: one that cannot be told is dropped, the first of a
 * row is logged, and nothing waits for it.
 */
export function startLoadReports(deps: Deps, window: LoadWindow): { stop: () => void } {
  const processId = randomUUID()
  const loop = monitorEventLoopDelay({ resolution: loopResolutionMs })
  loop.enable()
  let isTelling = false
  let isHeard = true
  const tell = async (): Promise<void> => {
    const lagP99Ms = Math.max(0, loop.percentile(99) / 1e6 - loopResolutionMs)
    loop.reset()
    if (isTelling) return
    isTelling = true
    try {
      await writeReport(deps.redis, processId, window.report({ lagP99Ms }))
      isHeard = true
    } catch (error) {
      if (isHeard) deps.log.warn({ err: error }, 'the load could not be told; trying again each second')
      isHeard = false
    } finally {
      isTelling = false
    }
  }
  const looks = setInterval(() => window.notePool(lookAtPool(deps)), lookEveryMs)
  const reports = setInterval(() => void tell(), reportEveryMs)
  return {
    stop: () => {
      clearInterval(looks)
      clearInterval(reports)
      loop.disable()
    },
  }
}

function lookAtPool({ db, settings }: Deps): Parameters<LoadWindow['notePool']>[0] {
  const { totalCount, idleCount, waitingCount } = db.pool
  return { size: settings.databasePoolSize, total: totalCount, idle: idleCount, waiting: waitingCount }
}
