import {
  type Account,
  type AccountId,
  accountId,
  locale,
  type Locale,
  role,
  type Role,
} from '@greenroom/contract'
import { z } from 'zod'
import { type KeyRing, readOwnToken, signToken } from '../platform/signed-token.ts'
import type { SessionRow } from './sessions-store.ts'

/** A fan who signs up when a sale is announced is still signed in when it opens. */
export const sessionLifeMs = 7 * 86_400_000

/** Who is calling, as their signed token says. `role` and `locale` are those of the moment they signed in. */
export type Session = {
  accountId: AccountId
  sessionId: number
  role: Role
  locale: Locale
  expiresAtMs: number
}

const payload = z.object({
  sid: z.number(),
  acc: accountId,
  role,
  loc: locale,
  exp: z.number(),
  /** 2: signed since its cookie has a prefix over https; see session-cookie.ts. */
  v: z.literal(2).optional(),
})

/** The token of a session: what the cookie holds. It proves itself, so a call costs no SQL. */
export function signSession(key: Buffer, account: Account, { sessionId, expiresAtMs }: SessionRow): string {
  const { accountId: acc, role: asRole, locale: loc } = account
  return signToken(key, { sid: sessionId, acc, role: asRole, loc, exp: expiresAtMs, v: 2 })
}

/** The session when the token is whole and ours. Whether it expired or was revoked is for the caller to check. */
export function readSession(keys: KeyRing, token: string): Session | undefined {
  const parsed = payload.safeParse(readOwnToken(keys, 'session', token))
  if (!parsed.success) return undefined
  const { sid, acc, role: asRole, loc, exp } = parsed.data
  return { sessionId: sid, accountId: acc, role: asRole, locale: loc, expiresAtMs: exp }
}

/** Whether the token is ours and was signed before cookies had a prefix. */
export function isBeforePrefix(keys: KeyRing, token: string): boolean {
  const parsed = payload.safeParse(readOwnToken(keys, 'session', token))
  return parsed.success && parsed.data.v === undefined
}
