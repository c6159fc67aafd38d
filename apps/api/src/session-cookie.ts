import cookie from '@fastify/cookie'
import {
  bareSessionCookieName,
  type Deps,
  deviceCookieName,
  deviceLifeMs,
  type Session,
  type SessionCookie,
  sessionCookieOf,
  sessionLifeMs,
  verifySessionCookie,
} from '@greenroom/core'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { ApiSettings } from './env.ts'

const decorator = 'sessionCookie'

/** Cookies are read from here on; how the session's is called follows from where browsers find this server. */
export async function registerCookies(
  server: FastifyInstance,
  { publicOrigin }: Pick<ApiSettings, 'publicOrigin'>,
): Promise<void> {
  await server.register(cookie)
  server.decorate(decorator, sessionCookieOf(publicOrigin))
}

/** Whose session the request's cookies prove. */
export function sessionOfCookies(deps: Deps, request: FastifyRequest): Session | undefined {
  return verifySessionCookie(deps, cookieOf(request), (name) => request.cookies[name])
}

/**
 * Hands the token to the browser, or takes it back (`null`), and with it what it has from before there was a prefix. Whoever sent
 * no cookie has none to be taken back: a header that says so costs 8 us.
 */
export function writeSessionCookie(request: FastifyRequest, reply: FastifyReply, token: string | null): void {
  const { name, isSecure } = cookieOf(request)
  const options = optionsOf(isSecure)
  const takeBack = (sent: string): void => {
    if (request.cookies[sent] !== undefined) reply.clearCookie(sent, options)
  }
  if (token === null) takeBack(name)
  else reply.setCookie(name, token, { ...options, maxAge: sessionLifeMs / 1_000 })
  if (name !== bareSessionCookieName) takeBack(bareSessionCookieName)
}

/** What the browser was given when somebody signed in on it; whether it is ours is for the core to say. */
export function readDeviceCookie(request: FastifyRequest): string | undefined {
  return request.cookies[deviceCookieName(cookieOf(request))]
}

/** It outlives the session, and opens nothing. */
export function writeDeviceCookie(request: FastifyRequest, reply: FastifyReply, token: string): void {
  const { isSecure } = cookieOf(request)
  reply.setCookie(deviceCookieName({ isSecure }), token, {
    ...optionsOf(isSecure),
    maxAge: deviceLifeMs / 1_000,
  })
}

/** Out of reach of scripts and other sites; over https it travels encrypted alone. */
const optionsOf = (isSecure: boolean) =>
  ({ path: '/', httpOnly: true, sameSite: 'lax', secure: isSecure }) as const

const cookieOf = (request: FastifyRequest): SessionCookie =>
  request.server.getDecorator<SessionCookie>(decorator)
