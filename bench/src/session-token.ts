import { createHmac } from 'node:crypto'
import type { AccountId } from '@greenroom/contract'
import type { Deps } from '@greenroom/core'

const header = Buffer.from('{"alg":"HS256","typ":"JWT"}').toString('base64url')
const hourMs = 3_600_000

/**
 * What a signed-in fan's program sends along. Signed here and not asked for: signing in costs 30 ms of a core, and a session
 * proves itself by its signature. As `signSession` of the core does it.
 */
export function bearerOf(deps: Deps, fanId: AccountId): { authorization: string } {
  const payload = { sid: fanId, acc: fanId, role: 'fan', loc: 'en', exp: Date.now() + hourMs }
  const body = `${header}.${Buffer.from(JSON.stringify(payload)).toString('base64url')}`
  const signature = createHmac('sha256', deps.keys.session).update(body).digest('base64url')
  return { authorization: `Bearer ${body}.${signature}` }
}
