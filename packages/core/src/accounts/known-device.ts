import { createHash, randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { Deps } from '../platform/deps.ts'
import { readOwnToken, signToken } from '../platform/signed-token.ts'
import type { SessionCookie } from './session-cookie.ts'
import { databaseNowMs } from './session-revocations.ts'

/** Somebody who comes twice a year is still known. */
export const deviceLifeMs = 180 * 86_400_000

/** A family's computer; of a fifth account the one that signed in longest ago is forgotten. */
const mostAccounts = 4

/** A device, and who signed in on it; `exp`: until when that counts. */
const payload = z.object({ dev: z.string(), who: z.array(z.string()), exp: z.number() })
type Payload = z.infer<typeof payload>

/** Beside the session's, with a prefix where that has one: no other host plants one. */
export const deviceCookieName = ({ isSecure }: Pick<SessionCookie, 'isSecure'>): string =>
  isSecure ? '__Host-greenroom_device' : 'greenroom_device'

/**
 * What a browser is given when somebody has signed in on it, and keeps when they sign out: proof that this account was opened there. It
 * opens nothing by itself. `earlier` is what the browser had before. No e-mail is in it. Needs `startSessionRevocations` first.
 */
export function markDevice(
  deps: Deps,
  { email, earlier }: { email: string; earlier: string | undefined },
): string {
  const known = readPayload(deps, earlier)
  const dev = known?.dev ?? randomBytes(16).toString('base64url')
  const own = nameOn(dev, email)
  const who = [own, ...(known?.who ?? []).filter((name) => name !== own)].slice(0, mostAccounts)
  const marked: Payload = { dev, who, exp: Math.floor(databaseNowMs(deps)) + deviceLifeMs }
  return signToken(deps.keys.device, marked)
}

/** Which device it is, where the account of that e-mail was opened on it before; `undefined` for any other and any other text. */
export function knownDeviceOf(
  deps: Deps,
  { email, deviceToken }: { email: string; deviceToken: string | undefined },
): string | undefined {
  const known = readPayload(deps, deviceToken)
  return known?.who.includes(nameOn(known.dev, email)) === true ? known.dev : undefined
}

/** By the present secret or an earlier one, so that a changed secret makes nobody a stranger. */
function readPayload(deps: Deps, token: string | undefined): Payload | undefined {
  if (token === undefined) return undefined
  const parsed = payload.safeParse(readOwnToken(deps.keys, 'device', token))
  return parsed.success && parsed.data.exp > databaseNowMs(deps) ? parsed.data : undefined
}

/** An account on one device: the same on another is another name. */
function nameOn(device: string, email: string): string {
  return createHash('sha256').update(`${device} ${email}`).digest('base64url').slice(0, 22)
}
