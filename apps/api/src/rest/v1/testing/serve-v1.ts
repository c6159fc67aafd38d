import { randomUUID } from 'node:crypto'
import { type AccountId, signedIn, type WireError } from '@greenroom/contract'
import { type Deps, openSeatMirror, startSessionRevocations } from '@greenroom/core'
import { createTestDeps } from '@greenroom/core/testing'
import { afterAll } from 'vitest'
import type { z } from 'zod'
import { buildServer } from '../../../build-server.ts'
import { apiSettings } from '../../../testing/api-settings.ts'
import type { Route } from '../../route.ts'
import { v1Routes } from '../index.ts'
import { type Answer, refusalOf, requireDescribed } from './require-described.ts'

export type Sent = { headers?: Record<string, string>; body?: unknown }

/** One caller of `/v1` over HTTP. Whatever is answered must be what the table says, or the call throws. */
export type Caller = {
  /** `POST /v1/accounts`: whatever comes back. */
  call: (operation: string, sent?: Sent) => Promise<Answer>
  /** The reply to what was done; a refusal throws. */
  ask: <Schema extends z.ZodType>(schema: Schema, operation: string, sent?: Sent) => Promise<z.output<Schema>>
  /** The refusal, with its status; a reply throws. */
  refusal: (operation: string, sent?: Sent) => Promise<WireError & { status: number }>
}
export type Fan = Caller & { fanId: AccountId; email: string; token: string }
export type V1 = { deps: Deps; origin: string; nobody: Caller; signUp: () => Promise<Fan> }

/** Everything behind `/v1` on a Postgres and a Redis of its own, listening, until the test file is done. */
export async function serveV1(): Promise<V1> {
  const deps = await createTestDeps()
  const stopRevocations = await startSessionRevocations(deps)
  const seatMirror = openSeatMirror(deps)
  const settings = apiSettings(deps, { contracts: 'off' })
  const { server } = await buildServer({ deps, seatMirror, settings })
  const origin = await server.listen({ port: 0, host: '127.0.0.1' })
  afterAll(async () => {
    await server.close()
    stopRevocations()
    await seatMirror.close()
  })
  const nobody = callerOf(origin)
  return { deps, origin, nobody, signUp: () => signUp(origin, nobody) }
}

/** A new key for each attempt. */
export function attempt(): { 'idempotency-key': string } {
  return { 'idempotency-key': randomUUID() }
}

async function signUp(origin: string, nobody: Caller): Promise<Fan> {
  const body = { email: `${randomUUID()}@greenroom.example`, password: 'a long password', name: 'Fan' }
  const { account, token } = await nobody.ask(signedIn, 'POST /v1/accounts', { body })
  return { ...callerOf(origin, token), fanId: account.accountId, email: account.email, token }
}

/** Whoever shows this token, or nobody. */
export function callerOf(origin: string, token?: string): Caller {
  const call: Caller['call'] = async (operation, { headers = {}, body } = {}) => {
    const [method = '', url = ''] = operation.split(' ')
    const response = await fetch(`${origin}${url}`, {
      method,
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const text = await response.text()
    const answer = {
      status: response.status,
      headers: response.headers,
      body: text === '' ? undefined : JSON.parse(text),
    }
    requireDescribed(routeOf(method, url), answer)
    return answer
  }
  return {
    call,
    ask: async (schema, operation, sent) => {
      const { status, body } = await call(operation, sent)
      if (status >= 300) throw new Error(`${operation} was refused: ${status} ${JSON.stringify(body)}`)
      return schema.parse(body)
    },
    refusal: async (operation, sent) => {
      const { status, body } = await call(operation, sent)
      if (status < 400) throw new Error(`${operation} was not refused: ${status} ${JSON.stringify(body)}`)
      return { ...refusalOf(body), status }
    },
  }
}

function routeOf(method: string, url: string): Route {
  const [path = ''] = url.split('?')
  const fits = (route: Route): boolean =>
    route.method === method && new RegExp(`^${route.path.replace(/\{\w+\}/g, '[^/]+')}$`).test(path)
  // a path without parameters goes before one with them, as in the server
  const route = v1Routes.filter(fits).toSorted((one, other) => parametersOf(one) - parametersOf(other))[0]
  if (route === undefined) throw new Error(`${method} ${path} is not in the table`)
  return route
}

function parametersOf(route: Route): number {
  return route.path.split('{').length
}
