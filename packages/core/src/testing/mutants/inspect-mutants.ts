import { mutantsOf } from './mutant.ts'

const checkLines = 'check-lines.int.test.ts'
const waitingRoom = 'packages/core/src/waiting-room'

/** What the check of the lines must not accuse anybody of, and what it must go on saying. */
export const inspectMutants = mutantsOf('packages/core/src/invariants', [
  {
    name: 'inspect-counts-staff',
    guard: 'staff who were let in past the line are told as a room that is too full',
    file: `${waitingRoom}/lua/staff.lua`,
    without: { "redis.call('HINCRBY', line, 'staff', 1)": "redis.call('HINCRBY', line, 'staff', 0)" },
    test: {
      file: checkLines,
      name: 'staff who were let in past the line do not make a room too full',
    },
  },
  {
    name: 'inspect-knows-the-largest-capacity',
    guard: 'a capacity that was raised and lowered again accuses those who were let in meanwhile',
    file: `${waitingRoom}/lua/inspect.lua`,
    without: { 'tonumber(known[1] or 0), ': '' },
    test: {
      file: checkLines,
      name: 'a capacity that was lowered, or raised and lowered again, accuses nobody who was let in before',
    },
  },
  {
    name: 'inspect-says-it-again',
    guard: 'a room that is too full is told once, and then taken for granted',
    file: `${waitingRoom}/lua/inspect.lua`,
    without: { 'math.min(count, allowed)': 'count' },
    test: {
      file: checkLines,
      name: 'a room that has more inside than it was ever given is told, again and again while it is so',
    },
  },
  {
    name: 'inspect-knows-nothing-after-a-loss',
    guard: 'who came back into a room that Redis lost is told as one too many',
    file: `${waitingRoom}/lua/inspect.lua`,
    without: { 'tonumber(known[2] or count)': 'tonumber(known[2] or 0)' },
    test: {
      file: checkLines,
      name: 'the first look after a loss of Redis, of which nothing is known, accuses nobody',
    },
  },
  {
    name: 'line-staff-are-noted-first',
    guard: 'the place of staff whose admission ended half way is inside and known to no payment',
    file: `${waitingRoom}/lua/staff.lua`,
    without: { "local kind, lifeMs = 'o', ": "local kind, lifeMs = 'a', " },
    test: {
      file: `${waitingRoom}/steer-line.int.test.ts`,
      name: 'lets staff in whose admission ended half way by the offer it left, noted before it is claimed',
    },
  },
])
