import type { Fault } from './fault.ts'

/** The share of messages that one of these faults takes. */
const share = 0.3

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
    const deed = { draw: () => (draws.chance(share) ? fate : 'pass'), touched: 0 } as const
    mischief.add(deed)
    return {
      says,
      isFelt: () => deed.touched > 0,
      stop: async () => void mischief.delete(deed),
    }
  },
}))
