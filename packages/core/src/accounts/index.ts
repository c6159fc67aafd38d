export { recordAudit } from './audit.ts'
export { changePassword } from './change-password.ts'
export { hashLoad, hashPassword } from './password-hash.ts'
export { listAuditActions, searchAudit } from './search-audit.ts'
export { grantOperator } from './grant-operator.ts'
export { revokeOperator } from './revoke-operator.ts'
export { deviceCookieName, deviceLifeMs, markDevice } from './known-device.ts'
export { endSession } from './end-session.ts'
export { listOperators, listSessions, readAccountByEmail, readFan, readMe } from './queries.ts'
export { type Session, sessionLifeMs } from './session.ts'
export {
  bareSessionCookieName,
  type SessionCookie,
  sessionCookieOf,
  verifySessionCookie,
} from './session-cookie.ts'
export { isSessionGood, startSessionRevocations, watchSessions } from './session-revocations.ts'
export { signIn } from './sign-in.ts'
export { signOut } from './sign-out.ts'
export { signOutEverywhere } from './sign-out-everywhere.ts'
export { signUp } from './sign-up.ts'
export { updateMe } from './update-me.ts'
export { verifySession } from './verify-session.ts'
