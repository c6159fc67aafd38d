import type { Fault } from './fault.ts'

export const rollingRestart: Fault = {
  name: 'rolling-restart',
  says: 'all six processes are restarted in good order, one after the other',
  weight: 1,
  startsProcesses: true,
  start: async (world) => {
    let drained = 0
    const restarted = (async () => {
      for (const app of world.apps) {
        if (await app.drain()) drained += 1
        await app.bringUp()
      }
    })()
    return { says: 'all six restarted', isFelt: () => drained > 0, stop: () => restarted }
  },
}
