import { mutantsOf } from './mutant.ts'

const relay = 'relay-outbox.int.test.ts'
const mirrored = 'mirrored-show.test.ts'

export const seatingMutants = mutantsOf('packages/core/src/seating', [
  {
    name: 'relay-in-order',
    guard: 'an older change of a seat is published after a newer one',
    file: 'outbox-store.ts',
    without: { 'select * from taken order by id`': 'select * from taken order by id desc`' },
    test: {
      file: relay,
      name: 'what was committed is published in order, with positions that grow by one, and then forgotten',
    },
  },
  {
    name: 'relay-with-the-commit',
    guard: 'what was rolled back is told to everybody',
    file: 'outbox-store.ts',
    without: {
      'delete from outbox where id = any(array(select id from outbox order by id limit $1))':
        'update outbox set id = default where id = any(array(select id from outbox order by id limit $1))',
    },
    test: {
      file: relay,
      name: 'what was committed is published in order, with positions that grow by one, and then forgotten',
    },
  },
  {
    name: 'relay-one-at-a-time',
    guard: 'a relay that came later publishes a newer change first',
    file: 'outbox-store.ts',
    without: {
      'select pg_advisory_xact_lock($1), set_config': 'select $1::bigint, set_config',
      'order by id limit $1))': 'order by id limit $1 for update skip locked))',
    },
    test: {
      file: relay,
      name: 'relays that meet take turns, by the lock or by the rows; with neither a newer version goes out first',
    },
  },
  {
    name: 'stream-run-id',
    guard: 'a Redis that restarted gives positions out again that clients have seen',
    file: 'lua/publish.lua',
    without: { 'if not position[1] or position[2] ~= run then': 'if not position[1] then' },
    test: {
      file: relay,
      name: 'a Redis that came back as another server does not give a position out twice',
    },
  },
  {
    name: 'stream-jumps-after-a-loss',
    guard: 'an emptied Redis begins at a position that clients are beyond',
    file: 'lua/publish.lua',
    without: { "'seq', clockPosition(), 'run', run": "'seq', 0, 'run', run" },
    test: {
      file: relay,
      name: 'an emptied Redis continues beyond every position it gave before, so that readers see a jump',
    },
  },
  {
    name: 'mirror-version-merge',
    guard: 'the mirror turns a seat back to what it was before',
    file: 'mirrored-show.ts',
    without: { 'known === undefined || version <= known': 'known === undefined' },
    test: {
      file: mirrored,
      name: 'a change published twice, the second time after a newer one, does not turn the seat back',
    },
  },
  {
    name: 'mirror-gap',
    guard: 'the mirror goes on after an entry it never got',
    file: 'mirrored-show.ts',
    without: { "if (entry.seq > show.seq + 1) return 'gap'": '' },
    test: {
      file: mirrored,
      name: 'an entry is taken in once, in turn; a missing one shows as a gap and changes nothing',
    },
  },
  {
    name: 'mirror-refuses-the-certain-alone',
    guard: 'a fan is refused a seat that is about to be free, or their own',
    file: 'mirrored-show.ts',
    without: { 'code === seatStatusCode.held && (isOwn || isRunningOut)': 'code < 0' },
    test: {
      file: mirrored,
      name: 'what another holds for a good while is certain; own, free, unknown and ending holds are not',
    },
  },
  {
    name: 'mirror-is-not-believed-without-redis',
    guard: 'a mirror that hears nothing refuses seats that are free',
    file: 'seat-mirror.ts',
    without: { '|| reading.has(showId) || !stream.isLive())': '|| reading.has(showId))' },
    test: {
      file: 'seat-mirror.int.test.ts',
      name: 'while Redis is away the mirror reads the rows again, refuses nobody, and follows once it is back',
    },
  },
  {
    name: 'seats-take-a-pass',
    guard: 'whoever has no pass reads the seats of a sale',
    file: 'require-view.ts',
    without: {
      'if (pass !== undefined) await requirePass(deps, { concertId, fanId, pass })':
        'if (pass !== undefined) await (pass === fanId.toString() && requirePass(deps, { concertId, fanId, pass }))',
    },
    test: {
      file: 'list-seats.int.test.ts',
      name: 'a fan needs a pass of that concert; an unknown show is named',
    },
  },
  {
    name: 'list-after-own-changes',
    guard: 'who holds a seat and looks finds it free',
    file: 'look-after-own-changes.ts',
    without: {
      'await kicksServed(deps)': '',
      'return await readPosition(deps.redis, showId)': 'return undefined',
    },
    test: {
      file: 'list-seats.int.test.ts',
      name: 'who holds, releases or lets a hold run out finds it in the very next list',
    },
  },
])
