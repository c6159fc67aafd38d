import type { Trouble } from '../proxy/trouble.ts'
import type { Random } from '../seeded-random.ts'
import type { Fault } from './fault.ts'
import { imposeTrouble } from './impose-trouble.ts'
import { drawLine } from './lines.ts'

const drawTrouble: Record<Trouble['kind'], (random: Random) => Trouble> = {
  delay: (random) => ({ kind: 'delay', ms: random.between(5, 150) }),
  slow: (random) => ({ kind: 'slow', bytesPerSecond: random.between(10_000, 100_000) }),
  freeze: () => ({ kind: 'freeze' }),
  blackhole: () => ({ kind: 'blackhole' }),
  deaf: () => ({ kind: 'deaf' }),
  halfOpen: () => ({ kind: 'halfOpen' }),
  refuse: () => ({ kind: 'refuse' }),
}

/** One line between two parts suffers one kind of trouble. */
export const lineTroubles: Fault[] = (
  [
    ['delay', 'everything on one line comes later'],
    ['slow', 'one line is narrow'],
    ['freeze', 'nothing moves on one line; afterwards everything arrives, late'],
    ['blackhole', 'one line accepts and swallows everything'],
    ['deaf', 'on one line what is sent arrives and no answer comes back'],
    ['halfOpen', 'on one line the far side is gone and the near side is not told'],
    ['refuse', 'the connections on one line are reset, and nobody listens at its end'],
  ] as const
).map(([kind, says]) => ({
  name: `line-${kind === 'halfOpen' ? 'half-open' : kind}`,
  says,
  weight: 3,
  isGentle: kind === 'delay' || kind === 'slow',
  start: async (world, random) => {
    const line = drawLine(world, random)
    const imposed = await imposeTrouble([line.proxy], drawTrouble[kind](random))
    return { says: `${line.name}: ${kind}`, ...imposed }
  },
}))
