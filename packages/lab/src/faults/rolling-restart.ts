import type { Fault } from './fault.ts'

export const rollingRestart: Fault = {
  name: 'rolling-restart',
  says: 'all six processes are restarted in good order, one after the other',
  weight: 1,
  startsProcesses: true,
  start: async (world) => {
    const restarted = (async () => {
      for (const app of world.apps) {
        await app.drain()
        await app.bringUp()
      }
    })()
    return { says: 'all six restarted', stop: () => restarted }
  },
}
