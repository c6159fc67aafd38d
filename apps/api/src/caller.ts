import { DomainError } from '@greenroom/contract'
import { type Deps, type Session, sessionCookieName, verifySession } from '@greenroom/core'
import type { FastifyRequest } from 'fastify'

/** Who is calling: the bearer token when one is sent, else the cookie; `null` when neither proves anybody. */
export function readCaller(
  deps: Deps,
  token: { authorization?: string | undefined; cookie?: string | undefined },
): Session | null {
  const text = token.authorization?.replace(/^Bearer\s+/i, '') ?? token.cookie
  if (text === undefined || text === '') return null
  return verifySession(deps, text) ?? null
}

/** The same, of a request. */
export function readRequestCaller(deps: Deps, request: FastifyRequest): Session | null {
  return readCaller(deps, {
    authorization: request.headers.authorization,
    cookie: request.cookies[sessionCookieName],
  })
}

/** For pages, numbers and files that operators alone may see; answers with the operator's session. */
export async function requireOperator(deps: Deps, request: FastifyRequest): Promise<Session> {
  const session = readRequestCaller(deps, request)
  if (session === null) throw new DomainError('SIGN_IN_REQUIRED', {})
  if (session.role !== 'operator') throw new DomainError('FORBIDDEN', {})
  return session
}
