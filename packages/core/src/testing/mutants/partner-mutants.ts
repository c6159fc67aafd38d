import { mutantsOf } from './mutant.ts'

const keys = 'partner-keys.int.test.ts'

export const partnerMutants = mutantsOf('packages/core/src/partners', [
  {
    name: 'partner-secret-is-right',
    guard: 'whoever guesses a number acts for every fan',
    file: 'stored-key.ts',
    without: { 'if (!isRightSecret(secret, claimed?.keyHash)) return undefined': '' },
    test: { file: keys, name: 'no key is asked for, any other text is refused without a reason' },
  },
  {
    name: 'partner-revoked',
    guard: 'a key that was taken away goes on opening',
    file: 'require-partner.ts',
    without: { 'stored === undefined || stored.isRevoked': 'stored === undefined' },
    test: {
      file: keys,
      name: 'a revoked key is refused here at once and within a second elsewhere; revoking again changes nothing',
    },
  },
  {
    name: 'partner-concerts',
    guard: 'a key opens other concerts than its own',
    file: 'require-partner.ts',
    without: { 'partner.concertIds !== null && !partner.concertIds.includes(concertId)': 'false' },
    test: {
      file: keys,
      name: 'a key limited to concerts opens those and no other; an unlimited one opens all',
    },
  },
  {
    name: 'partner-wallets',
    guard: 'a key for one concert fills the wallet of every fan',
    file: 'require-partner.ts',
    without: { 'if (partner.concertIds !== null) throw': 'if (false) throw' },
    test: {
      file: keys,
      name: 'a key limited to concerts opens those and no other; an unlimited one opens all',
    },
  },
  {
    name: 'partner-wrong-keys-are-counted',
    guard: 'whoever makes up keys has a statement for each',
    file: 'stored-key.ts',
    without: { 'await countTry()': '' },
    test: {
      file: 'call-rate.int.test.ts',
      name: 'wrong keys are counted by address before Postgres is asked, and take nothing from a right one',
    },
  },
  {
    name: 'partner-rate',
    guard: 'one partner uses up what is there for all',
    file: 'require-partner.ts',
    without: { 'await countCall(deps, { partnerKeyId, ratePerMinute: stored.ratePerMinute })': '' },
    test: {
      file: 'call-rate.int.test.ts',
      name: "a key has its calls a minute over all processes together, and uses up nobody else's",
    },
  },
  {
    name: 'partner-key-is-settled',
    guard: 'a key comes to open more than was audited',
    file: 'packages/core/src/migrations/0007-partner-keys.sql',
    without: { 'revoke update on partner_keys from greenroom_app;': '' },
    drop: 'grant update on partner_keys to greenroom_app',
    test: {
      file: keys,
      name: 'what a key opens is settled: the product can end a key and note its use, nothing else',
    },
  },
  {
    name: 'partner-recent-value-forgets',
    guard: 'a reading that was under way brings back a key that was revoked meanwhile',
    file: 'packages/core/src/platform/recent-value.ts',
    without: { 'if (pendingOf(owner).get(key) === pending) keep(': 'keep(' },
    test: {
      file: 'packages/core/src/platform/recent-value.test.ts',
      name: 'a reading that was under way when the value was forgotten is not kept',
    },
  },
])
