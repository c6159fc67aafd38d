import { type Fault, overAtOnce } from './fault.ts'
import { drawLine } from './lines.ts'

export const resetConnections: Fault = {
  name: 'reset-connections',
  says: 'every connection on one line is reset',
  weight: 6,
  start: async (world, random) => {
    const line = drawLine(world, random)
    const count = line.proxy.cut()
    return count === 0 ? undefined : { says: `${line.name}: ${count} connections reset`, stop: overAtOnce }
  },
}
