import { accountId, type Role } from '@greenroom/contract'
import type { Session } from '@greenroom/core'
import { TRPCError } from '@trpc/server'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import { type AppRouter, appRouter } from './app-router.ts'
import type { Context } from './context.ts'
import { toDomainError } from './error-edge.ts'
import { type GuardsOf, guardOf, guards } from './guards.ts'
import { publicProcedure } from './procedures.ts'
import * as routers from './routers.ts'
import { trpc } from './trpc.ts'

const paths = Object.keys(appRouter._def.procedures)

test('every procedure has a guard, and every guard a procedure', () => {
  const declared = Object.entries(guards).flatMap(([router, procedures]) =>
    Object.keys(procedures).map((procedure) => `${router}.${procedure}`),
  )
  expect(declared.toSorted()).toEqual(paths.toSorted())
})

test('the compiler refuses a procedure without a row, and a row without a procedure', () => {
  const planted = trpc.router({
    ...routers,
    planted: trpc.router({ secret: publicProcedure.query(() => 1) }),
  })
  const { me, ...withoutMe } = guards.accounts
  // @ts-expect-error -- `planted.secret` has no guard
  const forPlanted: GuardsOf<typeof planted> = guards
  // @ts-expect-error -- `accounts.me` has none
  const withoutOne: GuardsOf<AppRouter> = { ...guards, accounts: withoutMe }
  // @ts-expect-error -- and there is no `accounts.gone`
  const withOneMore = { ...guards, accounts: { ...guards.accounts, gone: me } } satisfies GuardsOf<AppRouter>
  expect([forPlanted, withoutOne, withOneMore]).toHaveLength(3)
})

test.for(paths.filter((path) => guardOf(path)?.role !== 'anyone'))(
  '%s is refused to who is not signed in, before anything is read',
  async (path) => {
    expect(await answerOf(appRouter, path, null)).toBe('SIGN_IN_REQUIRED')
  },
)

test.for(paths.filter((path) => guardOf(path)?.role === 'operator'))(
  '%s is refused to a fan',
  async (path) => {
    expect(await answerOf(appRouter, path, 'fan')).toBe('FORBIDDEN')
  },
)

test('the table decides, whatever a procedure was made of', async () => {
  const careless = trpc.router({ history: trpc.router({ audit: publicProcedure.query(() => 'all of it') }) })
  expect(await answerOf(careless, 'history.audit', null)).toBe('SIGN_IN_REQUIRED')
  expect(await answerOf(careless, 'history.audit', 'fan')).toBe('FORBIDDEN')
  expect(await answerOf(careless, 'history.audit', 'operator')).toBe('all of it')
})

test('guard off: where the table does not know it, everybody reads it', async () => {
  const unknown = trpc.router({ operators: trpc.router({ audit: publicProcedure.query(() => 'all of it') }) })
  expect(await answerOf(unknown, 'operators.audit', null)).toBe('all of it')
})

/** What a call answers: its result, or the code of its refusal. */
async function answerOf(
  router: ReturnType<typeof trpc.router>,
  path: string,
  role: Role | null,
): Promise<unknown> {
  const context = contextOf(role)
  const caller: unknown = router.createCaller(context)
  const call: unknown = path.split('.').reduce((at: unknown, name) => Reflect.get(Object(at), name), caller)
  if (typeof call !== 'function') throw new Error(`${path} is no procedure`)
  try {
    return await Reflect.apply(call, undefined, [])
  } catch (error) {
    if (!(error instanceof TRPCError)) throw error
    return toDomainError(error, context.requestId).code
  }
}

function contextOf(role: Role | null): Context {
  const session: Session | null =
    role === null
      ? null
      : { accountId: accountId.parse(1), sessionId: 1, role, locale: 'en', expiresAtMs: 9e15 }
  return {
    deps: { log: pino({ level: 'silent' }), settings: {} } as Context['deps'],
    seatMirror: {} as Context['seatMirror'],
    session,
    requestId: 'request-1',
    address: '127.0.0.1',
    setSessionCookie: () => undefined,
  }
}
