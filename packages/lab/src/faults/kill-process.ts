import type { Fault } from './fault.ts'

export const killProcess: Fault = {
  name: 'kill-process',
  says: 'kill -9 of one process, at any moment',
  weight: 6,
  startsProcesses: true,
  start: async (world, random) => {
    const app = random.pick(world.apps)
    if (!app.kill()) return undefined
    return { says: `kill -9 ${app.name}`, stop: () => app.bringUp() }
  },
}
