import { mutantsOf } from './mutant.ts'

const admit = 'admit.int.test.ts'
const join = 'join-line.int.test.ts'
const losing = 'losing-redis.int.test.ts'
const steer = 'steer-line.int.test.ts'
const step = 'one-step.int.test.ts'
const line = 'lua/line.lua'

export const lineMutants = mutantsOf('packages/core/src/waiting-room', [
  {
    name: 'line-epoch',
    guard: 'an emptied Redis hands out the first places anew',
    file: line,
    without: {
      "if not writer[1] or writer[2] ~= string.match(redis.call('INFO', 'server'), 'run_id:(%x+)') then":
        "if not writer[1] then redis.call('HSET', line, 'epoch', 1, 'beganAtMs', 1, 'reentryUntilMs', 0, 'reentryEndsMs', 0) writer = { '1' } end if false then",
    },
    test: {
      file: losing,
      name: 'everybody gets the same order back from receipts, whenever they come, and newcomers stand behind',
    },
  },
  {
    name: 'line-run-id',
    guard: 'a Redis that restarted gives the places out again that it forgot',
    file: line,
    without: { " or writer[2] ~= string.match(redis.call('INFO', 'server'), 'run_id:(%x+)')": '' },
    test: {
      file: 'restarted-redis.int.test.ts',
      name: 'may forget the last ones it answered: their receipts still stand before every newcomer',
    },
  },
  {
    name: 'line-one-rebuilder',
    guard: 'of two rebuilders the second begins yet another epoch',
    file: 'lua/rebuild.lua',
    without: {
      "if writer[1] and writer[2] == runId then return { 'STANDS', tonumber(writer[1]) } end": '',
      "if writer[1] and tonumber(writer[1]) >= newEpoch then return { 'STALE', tonumber(writer[1]) } end": '',
    },
    test: { file: losing, name: 'the one that comes second finds the line begun and leaves it as it is' },
  },
  {
    name: 'line-epoch-never-goes-back',
    guard: 'a Postgres that was restored gives out an epoch that Redis has used',
    file: 'lua/rebuild.lua',
    without: {
      "if writer[1] and tonumber(writer[1]) >= newEpoch then return { 'STALE', tonumber(writer[1]) } end": '',
    },
    test: {
      file: losing,
      name: 'a Postgres that was restored from an older backup is led past the epochs that Redis knows',
    },
  },
  {
    name: 'line-reentry-window',
    guard: 'newcomers are let in before those who were ahead can come back',
    file: line,
    without: { 'if nowMs < tonumber(known[1]) then return 0 end': '' },
    test: { file: losing, name: 'lets nobody in until those who were ahead could come back' },
  },
  {
    name: 'line-reentry-ends',
    guard: 'fans who keep coming back keep the door shut for ever',
    file: line,
    without: { 'math.min(nowMs + 2000, tonumber(known[2]))': 'nowMs + 2000' },
    test: { file: losing, name: 'keeps the door shut while fans keep coming back, but not for ever' },
  },
  {
    name: 'line-epoch-is-marked',
    guard: 'a rebuilder that died lets newcomers overtake after the next loss',
    file: 'admit.ts',
    without: { 'if (counters.epoch > line.begunEpoch) await': 'if (counters.epoch < 0) await' },
    test: {
      file: losing,
      name: 'one that dies before it notes that the line has begun is made up for by the next tick, or newcomers overtake',
    },
  },
  {
    name: 'line-one-place-a-fan',
    guard: 'a second tab loses the place that the first one had',
    file: 'lua/join.lua',
    without: {
      "local place = tonumber(redis.call('ZSCORE', waiting, fan) or nil)": 'local place = nil',
      "redis.call('ZADD', waiting, 'NX', place, fan)": "redis.call('ZADD', waiting, place, fan)",
    },
    fails: 'the fan is not waiting but none',
    test: { file: join, name: 'ten tabs at once get the same place, and so does every later look' },
  },
  {
    name: 'line-newcomers-behind',
    guard: 'a newcomer walks past those who wait',
    file: 'lua/join.lua',
    without: { "and redis.call('ZCARD', waiting) == 0 and freePlaces": 'and freePlaces' },
    test: {
      file: step,
      name: 'a newcomer stands behind those who wait, also when there is room for everybody',
    },
  },
  {
    name: 'line-gone-is-gone',
    guard: 'an old receipt brings a place back that was given up',
    file: 'lua/join.lua',
    without: { 'if not gonePlace or gonePlace < claim then': 'if true then' },
    test: { file: join, name: 'moves up those behind, and an old receipt does not bring the place back' },
  },
  {
    name: 'line-gone-with-all-places',
    guard:
      'a fan whose turn is over waits on with the place that another device got while Redis had forgotten the first',
    file: line,
    without: { 'text(math.max(place, last))': 'text(place)' },
    test: {
      file: losing,
      name: 'a turn that is over takes along what another device was given while the place was forgotten',
    },
  },
  {
    name: 'line-draw-is-over',
    guard: 'a process whose settings are old draws fans in front of those who came in order',
    file: 'lua/join.lua',
    without: { "if not drawn then redis.call('HSET', line, 'drawn', 1) end": '' },
    test: {
      file: step,
      name: 'the first place given in order ends the draw, with no tick and whatever another process thinks the time is',
    },
  },
  {
    name: 'line-seed-is-secret',
    guard: 'fans pick accounts that draw well',
    file: 'line-status.ts',
    without: { 'isSeedPublic(line, nowMs) ? line.lotterySeed : null': 'nowMs > 0 ? line.lotterySeed : null' },
    test: {
      file: join,
      name: 'shows the commitment before and the seed only when nobody can be drawn any more',
    },
  },
  {
    name: 'line-counts-those-inside',
    guard: 'a second tick overfills the room',
    file: line,
    without: {
      'math.min(capacity - active, tonumber(known[2]) - active)':
        'math.min(capacity, tonumber(known[2]) - active)',
    },
    test: { file: admit, name: 'with two workers ticking at once while fans come, stay, buy and leave' },
  },
  {
    name: 'line-counts-seats',
    guard: 'more fans are let in than there are seats',
    file: line,
    without: { 'math.min(capacity - active, tonumber(known[2]) - active)': 'capacity - active' },
    test: {
      file: admit,
      name: 'no more than seats can still be had: those that are not for sale do not count',
    },
  },
  {
    name: 'line-rate-from-elapsed-time',
    guard: 'ten ticks at once let in ten times the rate',
    file: line,
    without: {
      'local budget = math.min(most, saved + sinceMs * ratePerMinute / 60000)': 'local budget = most',
    },
    test: { file: admit, name: 'comes from elapsed time: ten ticks at once let in what one would' },
  },
  {
    name: 'line-rate-saves-little',
    guard: 'a worker that was dead for an hour lets in a flood',
    file: line,
    without: {
      'local budget = math.min(most, saved + sinceMs * ratePerMinute / 60000)':
        'local budget = saved + sinceMs * ratePerMinute / 60000',
    },
    test: {
      file: admit,
      name: 'a late tick makes up for the time, but a worker that was dead for an hour lets in no flood',
    },
  },
  {
    name: 'line-admits-in-order',
    guard: 'the last ones come in first',
    file: 'lua/admit.lua',
    without: { "redis.call('ZPOPMIN', waiting, count)": "redis.call('ZPOPMAX', waiting, count)" },
    test: {
      file: admit,
      name: 'those who waited longest, in their order, and no more than there is room for',
    },
  },
  {
    name: 'line-paused',
    guard: 'a line that an operator paused goes on',
    file: 'admit.ts',
    without: { 'mayAdmit: admitsFans(phase)': 'mayAdmit: true' },
    test: { file: admit, name: 'nobody while paused; draining lets in those who wait' },
  },
  {
    name: 'line-restored-pass-needs-room',
    guard: 'passes that come back late overfill the room',
    file: 'lua/join.lua',
    without: { "if claimsPass and redis.call('ZCARD', inside) < capacity then": 'if claimsPass then' },
    test: { file: losing, name: 'that come back too late do not overfill the room: their fans are next' },
  },
  {
    name: 'line-operators-take-turns',
    guard: 'of two operators at once one undoes what the other said',
    file: 'line-store.ts',
    without: { 'from lines where concert_id = $1 for update': 'from lines where concert_id = $1' },
    test: {
      file: 'steer-line.int.test.ts',
      name: 'at the same moment as another loses nothing of what either said',
    },
  },
  {
    name: 'line-closes-in-time',
    guard: 'a line that an operator opened never closes again',
    file: 'line.ts',
    without: {
      'if (line.closesAtMs !== null && nowMs >= line.closesAtMs)':
        "if (line.override !== 'open' && line.closesAtMs !== null && nowMs >= line.closesAtMs)",
    },
    test: { file: steer, name: 'one that was opened early closes in time, too' },
  },
  {
    name: 'line-resumes-by-its-clock',
    guard: 'a lobby that was paused is left by opening it early alone',
    file: 'steer-line.ts',
    without: { 'resume: null,': "resume: 'open'," },
    test: { file: steer, name: 'a lobby that was paused goes on as a lobby, its draw whole' },
  },
  {
    name: 'line-draw-ends-when-opened-early',
    guard: 'who joins while a line is paused that was opened early is drawn in front of those who wait',
    file: 'line.ts',
    without: { 'return isOpenedEarly(line) ? 0 : line.opensAtMs': 'return line.opensAtMs' },
    test: {
      file: steer,
      name: 'of a line that was opened early nothing is taken back: it is open again, and its draw is over',
    },
  },
  {
    name: 'line-opens-after-its-close',
    guard: 'an operator opens a line whose close has passed, and nothing happens',
    file: 'steer-line.ts',
    without: { "scheduled === 'closed' ? { closesAtMs: null } : {}": '{}' },
    test: {
      file: steer,
      name: 'opened after its close a line stays open: that close is gone, as the audit tells',
    },
  },
  {
    name: 'line-over-sells-nothing',
    guard: 'fans inside buy on after the sale has closed',
    file: 'packages/core/src/reservations/on-sale-store.ts',
    without: { 'and coalesce(lines.closes_at > now(), true)': '' },
    test: {
      file: 'packages/core/src/reservations/hold-seats.int.test.ts',
      name: 'nothing that was said before sells on after the end of a line; without one it does',
    },
  },
  {
    name: 'line-joins-again',
    guard: 'a fan whose other device gave the place up is told that the line is closed',
    file: 'join-line.ts',
    without: { "if (moved.state === 'none' && !mayJoin)": "if (moved.state === 'none')" },
    fails: 'DomainError: LINE_CLOSED',
    test: {
      file: 'join-meets-loss.int.test.ts',
      name: 'a fan whose other device gives the place up meanwhile gets another one, and is not told that the line is closed',
    },
  },
])
