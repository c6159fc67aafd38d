import { mutantsOf } from './mutant.ts'

const accounts = 'accounts.int.test.ts'

export const accountMutants = mutantsOf('packages/core/src/accounts', [
  {
    name: 'session-revoked',
    guard: 'a session that was signed out goes on',
    file: 'session-revocations.ts',
    without: { '&& !revocations.expiresAtMsBySession.has(session.sessionId)': '' },
    test: {
      file: accounts,
      name: 'a session signed out in one process is refused by another, running or started later',
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
    without: { ' for share)': ')' },
    test: {
      file: accounts,
      name: 'who signs in with the old password while it changes gets no session that outlives it',
    },
  },
])
