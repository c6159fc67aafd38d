import { DomainError, type Role } from '@greenroom/contract'
import { inCall, inSpan, requireRate } from '@greenroom/core'
import { getTRPCErrorFromUnknown, type TRPCError } from '@trpc/server'
import type { Context } from './context.ts'
import { toDomainError, toTrpcError } from './error-edge.ts'
import { type Guard, guardOf } from './guards.ts'
import { trpc } from './trpc.ts'

/**
 * Whom the table of guards lets call, as often as it says; anyone where the procedure is another program's. Failures are mapped here, once, by
 * looking at the result of `next()`: it never rejects.
 */
export const publicProcedure = trpc.procedure.use(({ next, ctx, path, type }) => {
  const end = ctx.beginCall?.()
  const beganMs = performance.now()
  const note = (outcome: string): void =>
    ctx.noteCall?.({ path, type, outcome, elapsedMs: performance.now() - beganMs })
  const refuse = (error: TRPCError): TRPCError => {
    const refusal = toDomainError(error, ctx.requestId)
    note(refusal.code)
    if (refusal.code === 'INTERNAL')
      ctx.deps.log.error({ err: error.cause ?? error, path, type }, 'call failed')
    return toTrpcError(refusal)
  }
  const attributes = { 'rpc.system': 'trpc', 'rpc.method': path }
  const answer = inCall(ctx.requestId, () =>
    inSpan(path, { attributes }, async () => {
      try {
        await requireGuard(guardOf(path), ctx)
      } catch (error) {
        throw refuse(getTRPCErrorFromUnknown(error))
      }
      const result = await next()
      if (!result.ok) throw refuse(result.error)
      note('done')
      return result
    }),
  )
  return end === undefined ? answer : answer.finally(end)
})

/** The caller is signed in; `ctx.session` is theirs. */
export const fanProcedure = publicProcedure.use(({ next, ctx }) => {
  if (ctx.session === null) throw new DomainError('SIGN_IN_REQUIRED', {})
  return next({ ctx: { session: ctx.session } })
})

/** The caller is signed in as an operator. */
export const operatorProcedure = fanProcedure.use(({ next, ctx }) => {
  requireRole(ctx.session.role, 'operator')
  return next()
})

/** The role first, so that who may not call at all uses nothing up. Each call of a batch is counted, and a subscription once. */
function requireGuard(
  guard: Guard | undefined,
  { deps, session, address }: Context,
): Promise<void> | undefined {
  if (guard === undefined) return undefined
  if (guard.role !== 'anyone') {
    if (session === null) throw new DomainError('SIGN_IN_REQUIRED', {})
    if (guard.role === 'operator') requireRole(session.role, 'operator')
  }
  return requireRate(deps, { rate: guard.rate, accountId: session?.accountId, address })
}

function requireRole(role: Role, wanted: Role): void {
  if (role !== wanted) throw new DomainError('FORBIDDEN', {})
}
