import type { Fate } from '../proxy/socket-mischief.ts'
import type { Fault } from './fault.ts'

/** What gateways push is lost, doubled or out of order. */
export const messageFaults: Fault[] = (
  [
    ['messages-lost', 'messages that gateways push are lost', 'drop'],
    ['messages-doubled', 'messages that gateways push come twice', 'double'],
    ['messages-reordered', 'messages that gateways push come out of order', 'swap'],
  ] as const
).map(([name, says, fate]) => ({
  name,
  says,
  weight: 3,
  isGentle: true,
  start: async ({ mischief }, random) => {
    const draws = random.fork('messages')
    const before = mischief.draw
    const draw = (): Fate => (draws.chance(0.3) ? fate : before())
    mischief.draw = draw
    return {
      says,
      stop: async () => {
        mischief.draw = () => 'pass'
      },
    }
  },
}))
