import type { Fault } from './fault.ts'

export const stopProcess: Fault = {
  name: 'stop-process',
  says: 'SIGSTOP of one process, and SIGCONT: it goes on as if no time had passed',
  weight: 6,
  start: async (world, random) => {
    const app = random.pick(world.apps)
    const goOn = app.freeze()
    return goOn && { says: `SIGSTOP ${app.name}`, stop: async () => goOn() }
  },
}
