import type { Fault } from './fault.ts'

const hourMs = 3_600_000

export const shiftClock: Fault = {
  name: 'shift-clock',
  says: 'one process comes back with a clock that is an hour fast or slow',
  weight: 3,
  startsProcesses: true,
  start: async (world, random) => {
    const app = random.pick(world.apps)
    const shiftMs = random.chance(0.5) ? hourMs : -hourMs
    if (app.clockShiftMs() !== 0 || !app.kill()) return undefined
    app.shiftClock(shiftMs)
    await app.bringUp()
    if (app.pid() === undefined) {
      // killed again before it was ready: whoever did that brings it back, with its clock right
      app.shiftClock(0)
      return undefined
    }
    return {
      says: `${app.name} is ${shiftMs > 0 ? 'an hour ahead' : 'an hour behind'}`,
      stop: async () => {
        app.shiftClock(0)
        app.kill()
        await app.bringUp()
      },
    }
  },
}
