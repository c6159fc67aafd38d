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
])
