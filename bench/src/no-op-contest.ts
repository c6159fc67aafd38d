import { startChildServer } from './child-server.ts'
import { requestOften } from './http-load.ts'
import type { Sample } from './in-flight.ts'
import { atOnce, callsPerRound, type Contest, type Effort } from './operation.ts'

export const noOpPath = '/trpc/accounts.signOut'
const perFullRound = 100_000

export type NoOpLimits = { atOnce: number; maxMs: number; count: number }
export const noOpLimits = (effort: Effort): NoOpLimits => ({
  atOnce,
  maxMs: effort.maxRoundMs,
  count: callsPerRound(effort, perFullRound),
})

/** Something against Fastify as it comes, each server a process of its own. */
export async function besideBareFastify<Ours extends { pid: number; close: () => Promise<void> }>(
  start: () => Promise<Ours>,
  name: string,
  run: (ours: Ours, round: number) => Promise<Sample>,
  effort: Effort,
): Promise<Contest> {
  const [ours, bare] = await startBoth(start, () => startChildServer('./bare-server.ts'))
  return {
    floorName: 'bare Fastify POST',
    isGoalsFloor: true,
    ours: (round) => run(ours, round),
    floor: () => requestOften({ port: bare.port, path: '/', method: 'POST', body: '{}' }, noOpLimits(effort)),
    pids: { [name]: ours.pid, fastify: bare.pid },
    close: async () => {
      await Promise.all([bare.close(), ours.close()])
    },
  }
}

/** Both or none. */
export async function startBoth<One extends { close: () => Promise<void> }, Other>(
  start: () => Promise<One>,
  startOther: () => Promise<Other>,
): Promise<[One, Other]> {
  const one = await start()
  try {
    return [one, await startOther()]
  } catch (error) {
    await one.close()
    throw error
  }
}
