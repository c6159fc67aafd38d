import { mutantsOf } from './mutant.ts'

const pass = 'pass.int.test.ts'
const tokens = 'tokens.test.ts'

export const passMutants = mutantsOf('packages/core/src/waiting-room', [
  {
    name: 'pass-is-the-fans-own',
    guard: "a fan goes in with another's pass",
    file: 'tokens.ts',
    without: { 'if (body.data.f !== bearer.fanId)': 'if (false)' },
    fails: 'Property failed',
    test: { file: tokens, name: "another fan's receipt or pass is refused, and one of another concert" },
  },
  {
    name: 'pass-of-this-concert',
    guard: 'a pass opens the sale of another concert',
    file: 'tokens.ts',
    without: { 'if (body.data.c !== bearer.concertId)': 'if (false)' },
    test: { file: pass, name: 'of the same fan for another concert is refused' },
  },
  {
    name: 'receipt-is-the-fans-own',
    guard: "a fan takes another's place in line",
    file: 'tokens.ts',
    without: { 'if (f !== (expected.fanId ?? f))': 'if (false)' },
    test: {
      file: 'join-line.int.test.ts',
      name: "another fan's receipt is refused and moves neither of them",
    },
  },
  {
    name: 'token-is-signed',
    guard: 'a fan writes the token that opens the sale',
    file: 'packages/core/src/platform/signed-token.ts',
    without: { 'timingSafeEqual(given, expected)': 'given.length === expected.length' },
    fails: 'Property failed',
    test: { file: tokens, name: 'a token with any character changed, cut or added is refused' },
  },
  {
    name: 'pass-spent-after-a-loss',
    guard: 'a receipt that has bought something brings its place back to an emptied Redis',
    file: 'find-place.ts',
    without: { 'if (isSpent) throw spentRefusal(question)': '' },
    test: { file: 'losing-redis.int.test.ts', name: 'gives nobody a spent place again' },
  },
  {
    name: 'pass-spent-without-redis',
    guard: 'a fan who paid goes on holding seats while Redis is away',
    file: 'require-turn.ts',
    without: { "if (isSpent) throw new DomainError('RECEIPT_REFUSED', { reason: 'spent' })": '' },
    test: {
      file: 'take-place.int.test.ts',
      name: 'who went in goes on, who waits is told to come again, who paid or ran out stays out',
    },
  },
  {
    name: 'pass-ends-without-redis',
    guard: 'a pass that is over is good while Redis is away',
    file: 'require-pass.ts',
    without: { "if (endsMs <= nowMs) throw new DomainError('PASS_REFUSED', { reason: 'expired' })": '' },
    test: {
      file: 'restarted-redis.int.test.ts',
      name: 'a pass that ran out while it was away is refused by its own end',
    },
  },
  {
    name: 'pass-ends-before-the-tick',
    guard: 'a pass that is over is good until a tick has noticed',
    file: 'lua/join.lua',
    without: { 'if untilMs > nowMs then': 'if untilMs > 0 then' },
    test: { file: pass, name: 'that ran out is refused, even before any tick has noticed' },
  },
  {
    name: 'pass-look-sees-its-end',
    guard: 'a pass that is over is found good by who looks for many at once',
    file: 'lua/look.lua',
    without: { 'if held and untilMs > nowMs then': 'if held then' },
    test: { file: pass, name: 'that ran out is refused, even before any tick has noticed' },
  },
  {
    name: 'pass-look-of-its-concert',
    guard:
      'who is inside at one concert is looked for in the line of another that is asked about at the same moment',
    file: 'packages/core/src/platform/fold-calls.ts',
    without: { 'const calls = byKey.get(key)': 'const [calls] = byKey.values()' },
    test: {
      file: 'packages/core/src/platform/fold-calls.test.ts',
      name: 'calls of one turn are one, each with its own answer; another owner or key is another call',
    },
  },
  {
    name: 'pass-look-answers-its-asker',
    guard: 'a fan is let in by the pass of another who showed one at the same moment',
    file: 'packages/core/src/platform/fold-calls.ts',
    without: { 'calls[at]?.resolve(output)': 'calls.at(-1 - at)?.resolve(output)' },
    test: {
      file: 'packages/core/src/platform/fold-calls.test.ts',
      name: 'calls of one turn are one, each with its own answer; another owner or key is another call',
    },
  },
  {
    name: 'pass-look-is-no-claim',
    guard: 'an offer is used without being claimed, and no payment will know what it spends',
    file: 'look-store.ts',
    without: { "if (kind !== 'a') return undefined": "if (kind === '') return undefined" },
    test: { file: pass, name: 'that was only offered is claimed by being used' },
  },
  {
    name: 'pass-look-is-for-its-place',
    guard: 'a pass of a place that was given up opens what its fan has now',
    file: 'require-pass.ts',
    without: { 'live === undefined || !isSamePlace(live.place, shown)': 'live === undefined' },
    test: { file: pass, name: 'of a place that was given up opens nothing, though its fan is inside again' },
  },
  {
    name: 'pass-offer-has-a-window',
    guard: 'an offer that nobody claimed in time is claimed all the same',
    file: 'lua/enter.lua',
    without: { 'if untilMs <= nowMs then': 'if untilMs <= 0 then' },
    test: {
      file: 'one-step.int.test.ts',
      name: 'an offer whose window passes between the look and the claim is not claimed',
    },
  },
  {
    name: 'pass-later-place-stays',
    guard: "a purchase that is told late ends the pass of the fan's next one",
    file: 'lua/free.lua',
    without: { 'if not spent or place <= spent then': 'if true then' },
    fails: 'DomainError: PASS_REFUSED',
    test: { file: pass, name: 'bought again by the same fan is not ended by the first purchase' },
  },
  {
    name: 'pass-spent-is-found-by-the-tick',
    guard: 'a process that died after its commit leaves a slot taken',
    file: 'admit.ts',
    without: { 'if (spent.length > 0) {': 'if (spent.length < 0) {' },
    test: {
      file: pass,
      name: 'that paid is spent at the next tick even when the process died right after its commit',
    },
  },
  {
    name: 'pass-spent-stays-out',
    guard: 'a process that was slow between Postgres and Redis brings back a place that was spent meanwhile',
    file: 'lua/free.lua',
    without: {
      "if not known or known < spent then redis.call('HSET', gone, fan, text(spent)) end": '',
    },
    test: {
      file: 'join-meets-loss.int.test.ts',
      name: 'a spent place that a slow process found unspent before its payment does not come back after the tick',
    },
  },
  {
    name: 'pass-not-in-a-closed-line',
    guard: 'an offer is claimed after the operator closed the line',
    file: 'enter-sale.ts',
    without: {
      "if (inside.kind === 'a') return inside\n  if (phase === 'closed') throw new DomainError('LINE_CLOSED', { phase })":
        "if (inside.kind === 'a') return inside",
    },
    test: { file: pass, name: 'that was only offered opens nothing once the line is closed' },
  },
  {
    name: 'pass-is-for-its-place',
    guard: 'a token of a place that is over opens what its fan has now',
    file: 'require-turn.ts',
    without: {
      "if (found.state === 'none' || !isSamePlace(found.place, place)) throw expired()":
        "if (found.state === 'none') throw expired()",
    },
    test: {
      file: 'take-place.int.test.ts',
      name: 'that ran out, was given up or let its offer pass is over, also while its fan waits with a new one',
    },
  },
  {
    name: 'pass-claim-of-its-place',
    guard: 'an old pass of a fan who is inside with a new one is told to come again',
    file: 'enter-sale.ts',
    without: {
      "if (found.state === 'none' || !isSamePlace(found.place, shown)) throw expired()":
        "if (found.state === 'none') throw expired()",
    },
    test: {
      file: 'pass.int.test.ts',
      name: 'of a place that was given up is over, also while its fan is inside with a new one',
    },
  },
  {
    name: 'pass-claims-again-after-a-loss',
    guard: 'a fan whose offer Redis forgot while it was claimed is told that it is over',
    file: 'enter-sale.ts',
    without: {
      'const claimed = await askAgainWhenGone(async () => {':
        'const claimed = await (async (turn) => { const answer = await turn(); if (answer === undefined) throw expired(); return answer })(async () => {',
    },
    fails: 'DomainError: PASS_REFUSED',
    test: {
      file: 'join-meets-loss.int.test.ts',
      name: 'a fan who goes in while Redis is emptied is in, and is not told that the offer is over',
    },
  },
  {
    name: 'pass-older-entry-hides-none',
    guard: 'a place that is noted late is spent instead of the one its fan is inside with',
    file: 'line-store.ts',
    without: {
      'where (entered_places.epoch, entered_places.seq) < (excluded.epoch, excluded.seq)': '',
    },
    test: {
      file: 'pass.int.test.ts',
      name: 'whose place is noted late does not hide the one its fan has gone in with since: a payment spends that one',
    },
  },
])
