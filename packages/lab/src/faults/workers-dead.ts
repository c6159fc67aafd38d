import type { Fault } from './fault.ts'

export const workersDead: Fault = {
  name: 'workers-dead',
  says: 'all workers are dead',
  weight: 2,
  startsProcesses: true,
  isGentle: true,
  start: async (world) => {
    const workers = world.appsOf('worker')
    const killed = workers.filter((worker) => worker.kill())
    if (killed.length === 0) return undefined
    return {
      says: `kill -9 of ${killed.map(({ name }) => name).join(' and ')}`,
      stop: async () => {
        await Promise.all(workers.map((worker) => worker.bringUp()))
      },
    }
  },
}
