import { mutantsOf } from './mutant.ts'

const accounts = 'accounts.int.test.ts'

export const accountMutants = mutantsOf('packages/core/src/accounts', [
  {
    name: 'session-revoked',
    guard: 'a session that was signed out goes on',
    file: 'session-revocations.ts',
    without: { '&& !revocations.ended.has(session.sessionId)': '' },
    test: {
      file: accounts,
      name: 'a session signed out in one process is refused by another, running or started later',
    },
  },
  {
    name: 'sign-in-attempts-in-one-step',
    guard: 'a burst of guesses finds the door open as often as it knocks',
    file: 'lua/take-attempt.lua',
    without: { 'if shutMs > 0 then return { shutMs, 0 } end': '' },
    test: {
      file: 'sign-in-attempts.int.test.ts',
      name: 'of a hundred guesses at the same moment as many get through as one after the other: five',
    },
  },
  {
    name: 'session-expires',
    guard: 'a session never ends',
    file: 'session-revocations.ts',
    without: { 'session.expiresAtMs > nowMs &&': 'nowMs > 0 &&' },
    test: { file: accounts, name: 'a token of another kind, changed, or expired opens nothing' },
  },
  {
    name: 'password-ends-sessions',
    guard: 'whoever got in with the old password stays in after it was changed',
    file: 'sessions-store.ts',
    without: { 'where account_id = $1 and id <> $2': 'where account_id = $1 and id = $2 and id <> $2' },
    test: {
      file: accounts,
      name: 'a new password ends all other sessions and the old password, and this session goes on',
    },
  },
  {
    name: 'password-still-the-checked-one',
    guard: 'of two who change a password at once both are told that theirs is the new one',
    file: 'accounts-store.ts',
    without: { 'where id = $1 and password_hash = $2': 'where id = $1 and $2::text is not null' },
    test: {
      file: accounts,
      name: 'who does not know the password changes nothing; of two changes at once one is refused',
    },
  },
  {
    name: 'sign-in-waits-for-password-change',
    guard: 'a sign-in with the old password that meets its change gets a session that outlives it',
    file: 'sessions-store.ts',
    without: { ' for no key update': '' },
    test: {
      file: accounts,
      name: 'who signs in with the old password while it changes gets no session that outlives it',
    },
  },
  {
    name: 'sessions-are-bounded',
    guard: 'who knows a password makes sessions without end, and pushes the owner’s off their list',
    file: 'sessions-store.ts',
    without: { 'mostSessions - 1]': '1e9]' },
    test: {
      file: 'own-sessions.int.test.ts',
      name: 'has 50 sessions at most: the oldest ends as one more begins, here and in other processes, and the list has all',
    },
  },
  {
    name: 'sign-ins-of-one-account-in-turn',
    guard: 'who signs in many times at once has a session too many for each',
    file: 'sessions-store.ts',
    without: { 'for no key update': 'for share' },
    test: {
      file: 'own-sessions.int.test.ts',
      name: 'is signed in to by one at a time, so that each sees the sessions of who came before',
    },
  },
  {
    name: 'sign-outs-are-asked-aside',
    guard: 'who was signed out goes on for as long as the crowd has every connection',
    file: 'sessions-store.ts',
    without: { 'db.aside.query': "Reflect.get(db, 'pool').query" },
    test: {
      file: 'session-revocations.int.test.ts',
      name: 'a sign-out is known in another process within a second, and whoever watches sessions looks right then, also while the crowd has every connection',
    },
  },
])
