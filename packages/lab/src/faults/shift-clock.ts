import type { Fault } from './fault.ts'

const hourMs = 3_600_000

export const shiftClock: Fault = {
  name: 'shift-clock',
  says: 'one process comes back with a clock that is an hour fast or slow',
  weight: 3,
  startsProcesses: true,
  start: async (world, random) => {
    const app = random.pick(world.apps)
    const clockShiftMs = random.chance(0.5) ? hourMs : -hourMs
    app.kill()
    await app.bringUp({ clockShiftMs })
    return {
      says: `${app.name} is ${clockShiftMs > 0 ? 'an hour ahead' : 'an hour behind'}`,
      stop: async () => {
        app.kill()
        await app.bringUp()
      },
    }
  },
}
