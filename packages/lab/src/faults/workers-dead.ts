import type { Fault } from './fault.ts'

export const workersDead: Fault = {
  name: 'workers-dead',
  says: 'all workers are dead',
  weight: 2,
  startsProcesses: true,
  isGentle: true,
  start: async (world) => {
    const workers = world.appsOf('worker')
    for (const worker of workers) worker.kill()
    return {
      says: 'kill -9 of all workers',
      stop: async () => {
        await Promise.all(workers.map((worker) => worker.bringUp()))
      },
    }
  },
}
