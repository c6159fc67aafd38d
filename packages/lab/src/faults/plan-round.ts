import type { Random } from '../seeded-random.ts'
import type { Fault } from './fault.ts'
import type { Planned } from './run-faults.ts'
import { workersDead } from './workers-dead.ts'

/** How often a round has one fault alone. */
const aloneShare = 0.2
const aloneMs = { at: 300, min: 500, max: 2_500 }
const cocktail = { min: 8, max: 18, windowMs: 9_000, shortestMs: 100, longestMs: 2_500 }
/** So many gentle faults last through the whole of a cocktail. */
const gentle = 2
const absence = { lastsMs: 150_000, faults: 60 }
/** Faults of seconds are drawn more often than faults of instants would fill the time with. */
const longShare = 0.3

/** What is broken in one round, and when: one fault alone, or many that overlap. The same for the same random stream. */
export function planRound(faults: readonly Fault[], random: Random): Planned[] {
  if (random.chance(aloneShare)) {
    return [
      {
        fault: drawFault(faults, random),
        atMs: aloneMs.at,
        lastsMs: random.between(aloneMs.min, aloneMs.max),
      },
    ]
  }
  const lasting = faults.filter(({ isGentle }) => isGentle === true)
  const company = Array.from({ length: lasting.length === 0 ? 0 : gentle }, () => ({
    fault: random.pick(lasting),
    atMs: 0,
    lastsMs: cocktail.windowMs,
  }))
  const count = random.between(cocktail.min, cocktail.max)
  return [...company, ...drawMany(faults, random, { count, windowMs: cocktail.windowMs })]
}

/** All workers are dead for minutes, and everything else goes on breaking meanwhile; the same for the same random stream. */
export function planLongAbsence(faults: readonly Fault[], random: Random): Planned[] {
  const others = faults.filter(({ startsProcesses }) => startsProcesses !== true)
  return [
    { fault: workersDead, atMs: 0, lastsMs: absence.lastsMs },
    ...drawMany(others, random, { count: absence.faults, windowMs: absence.lastsMs }),
  ]
}

function drawMany(
  faults: readonly Fault[],
  random: Random,
  { count, windowMs }: { count: number; windowMs: number },
): Planned[] {
  return Array.from({ length: count }, () => ({
    fault: drawFault(faults, random),
    atMs: random.between(0, windowMs),
    lastsMs: random.between(
      cocktail.shortestMs,
      random.chance(longShare) ? cocktail.longestMs : cocktail.longestMs / 4,
    ),
  }))
}

function drawFault(faults: readonly Fault[], random: Random): Fault {
  const total = faults.reduce((sum, { weight }) => sum + weight, 0)
  let left = random.next() * total
  for (const fault of faults) {
    left -= fault.weight
    if (left < 0) return fault
  }
  return random.pick(faults)
}
