import { DomainError } from '@greenroom/contract'
import { type Deps, type Session, verifySession } from '@greenroom/core'
import type { FastifyRequest } from 'fastify'
import { sessionOfCookies } from './session-cookie.ts'

/** Who is calling: the bearer token when one is sent, else the cookies; `null` when neither proves anybody. */
export function readCaller(
  deps: Deps,
  authorization: string | undefined,
  ofCookies: () => Session | undefined,
): Session | null {
  if (authorization === undefined) return ofCookies() ?? null
  return verifySession(deps, authorization.replace(/^Bearer\s+/i, '')) ?? null
}

/** The same, of a request. */
export function readRequestCaller(deps: Deps, request: FastifyRequest): Session | null {
  return readCaller(deps, request.headers.authorization, () => sessionOfCookies(deps, request))
}

/** For pages, numbers and files that operators alone may see; answers with the operator's session. */
export async function requireOperator(deps: Deps, request: FastifyRequest): Promise<Session> {
  const session = readRequestCaller(deps, request)
  if (session === null) throw new DomainError('SIGN_IN_REQUIRED', {})
  if (session.role !== 'operator') throw new DomainError('FORBIDDEN', {})
  return session
}
