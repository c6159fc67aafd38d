import { type Mutant, mutantsOf } from './mutant.ts'

const tests = 'line-guards.int.test.ts'
const fooled = 'is fooled by no proof of another fan, another line, another time, another key or less work'

/** One for each thing that a proof is held to. */
const proofs = [
  { name: 'own', guard: 'one fan solves for a thousand accounts', check: 'f !== fanId' },
  {
    name: 'of-line',
    guard: 'a proof for a line that nobody wants opens the one that all want',
    check: 'c !== concert',
  },
  { name: 'in-time', guard: 'proofs are made for days before the sale', check: 'exp <= nowMs' },
  { name: 'hard', guard: 'a challenge of easier days is good enough', check: 'b < bits || ' },
  {
    name: 'solved',
    guard: 'a challenge is shown unsolved',
    check: " || !isSolved(challenge, answers.split(','), puzzleBits(b))",
  },
] as const

export const lineGuardMutants: Mutant[] = mutantsOf('packages/core/src/line-guards', [
  ...proofs.map(({ name, guard, check }) => ({
    name: `proof-is-${name}`,
    guard,
    file: 'work.ts',
    without: { [check]: check.includes('||') ? '' : 'false' },
    test: { file: tests, name: fooled },
  })),
  {
    name: 'guard-line-from-what-was-seen',
    guard: 'of two operators who guard a line the last one wins, and neither knows',
    file: 'guard-line.ts',
    without: { 'requireAsSeen(before, from, change)': '' },
    test: { file: tests, name: 'hears that another changed the same meanwhile, and undoes nothing of it' },
  },
  {
    name: 'proof-is-asked-for',
    guard: 'a challenge that was switched on is asked of nobody',
    file: 'guard-newcomer.ts',
    without: { "guards.challenge === 'off' ? null : await requireProof(deps, asked)": 'null' },
    test: { file: tests, name: 'refuses a newcomer without it, and takes one who did it' },
  },
  {
    name: 'proof-makes-one-place',
    guard: 'a fan who leaves and joins all day does the work once',
    file: 'packages/core/src/waiting-room/lua/join.lua',
    without: { 'if spentMs and spentMs >= proofEndsMs then': 'if false then' },
    test: { file: tests, name: 'takes a proof once: who left does the work again' },
  },
  {
    name: 'address-is-counted',
    guard: 'one machine fills a line with its accounts',
    file: 'packages/core/src/waiting-room/lua/join.lua',
    without: { 'if count >= mostPerAddress then': 'if false then' },
    test: {
      file: tests,
      name: 'of fifty accounts of one address at once no more than may wait get a place',
    },
  },
  {
    name: 'network-is-counted',
    guard: 'a household that was given 65,536 addresses fills a line with its accounts',
    file: 'packages/core/src/waiting-room/lua/join.lua',
    without: { 'if inNetwork >= most then': 'if false then' },
    test: {
      file: tests,
      name: 'takes four addresses’ accounts of a network of 48 bits, however many it has',
    },
  },
  {
    name: 'address-has-room-again',
    guard: 'a school whose pupils went in keeps the others out for ever',
    file: 'packages/core/src/waiting-room/lua/admit.lua',
    without: { 'if hasAddresses then forgetAddress(fan) end': '' },
    test: { file: tests, name: 'takes the next one when somebody left or was let in' },
  },
  {
    name: 'line-guards-take-turns',
    guard: 'of two operators who change different things one undoes what the other did',
    file: 'guards-store.ts',
    without: {
      'from line_guards where concert_id = $1 for update': 'from line_guards where concert_id = $1',
    },
    test: {
      file: tests,
      name: 'who changes one thing while another changes another undoes nothing of theirs',
    },
  },
])
