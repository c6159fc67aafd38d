import { setTimeout as sleep } from 'node:timers/promises'
import type { Violation } from '@greenroom/oracles'
import { labViolation } from '../checks/lab-oracles.ts'
import type { Random } from '../seeded-random.ts'
import type { World } from '../world/start-world.ts'
import type { Fault, JobCount, Running } from './fault.ts'

/** A fault, when it begins and how long it lasts. */
export type Planned = { fault: Fault; atMs: number; lastsMs: number }

/** A fault that was really there. */
export type FaultRun = { name: string; says: string; tookMs: number; jobs?: JobCount }

/** The faults there are now. */
export type FaultWatch = Set<Running>

/** How long anything may take to live again after a fault. */
const mendMs = 90_000

/**
 * Runs a plan to its end: everything that was broken is mended when this resolves. Faults that found nothing to break, at
 * their start or while they lasted, are left out; a mending that fails is a violation, because then the product did not come back.
 */
export async function runFaults(
  world: World,
  plan: readonly Planned[],
  options: { random: Random; watch: FaultWatch },
): Promise<{ faults: FaultRun[]; violations: Violation[] }> {
  const faults: FaultRun[] = []
  const violations: Violation[] = []
  const runOne = async ({ fault, atMs, lastsMs }: Planned, index: number): Promise<void> => {
    const random = options.random.fork(`${index}-${fault.name}`)
    await sleep(atMs)
    const beganMs = performance.now()
    const running = await fault.start(world, random)
    if (running === undefined) return
    options.watch.add(running)
    try {
      await sleep(lastsMs)
      await inTime(running.stop(), `${fault.name} (${running.says}) was not mended`)
      if (!isFelt(running)) return
      const tookMs = Math.round(performance.now() - beganMs)
      const { says, jobs } = running
      faults.push({ name: fault.name, says, tookMs, ...(jobs === undefined ? {} : { jobs }) })
    } finally {
      options.watch.delete(running)
    }
  }
  const ends = await Promise.allSettled(plan.map(runOne))
  for (const end of ends) {
    if (end.status === 'fulfilled') continue
    const reason: unknown = end.reason
    violations.push(
      labViolation('everything-comes-back', reason instanceof Error ? reason.message : String(reason)),
    )
  }
  return { faults, violations }
}

/** Whether anything is broken now: what is acknowledged meanwhile is acknowledged during a fault. */
export function isAnythingBroken(watch: FaultWatch): boolean {
  return [...watch].some(isFelt)
}

function isFelt(running: Running): boolean {
  return running.isFelt === undefined || running.isFelt()
}

async function inTime(work: Promise<void>, otherwise: string): Promise<void> {
  const timeout = Promise.withResolvers<undefined>()
  const timer = setTimeout(() => timeout.reject(new Error(`${otherwise} within ${mendMs / 1_000} s`)), mendMs)
  try {
    await Promise.race([work, timeout.promise])
  } finally {
    clearTimeout(timer)
  }
}
