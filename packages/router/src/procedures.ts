import { DomainError, isDomainError, type Role } from '@greenroom/contract'
import { inCall, inSpan, requireRate, type Session } from '@greenroom/core'
import type { Context } from './context.ts'
import { toDomainError, toTrpcError } from './error-edge.ts'
import { type Guard, guardOf } from './guards.ts'
import { trpc } from './trpc.ts'

/**
 * Whom the table of guards lets call, as often as it says; anyone where the procedure is another program's. Failures are mapped here, once, by
 * looking at the result of `next()`: it never rejects.
 */
export const publicProcedure = trpc.procedure.use(async ({ next, ctx, path, type }) => {
  const end = ctx.beginCall?.()
  const beganMs = performance.now()
  const note = (outcome: string): void =>
    ctx.noteCall?.({ path, type, outcome, elapsedMs: performance.now() - beganMs })
  const attributes = { 'rpc.system': 'trpc', 'rpc.method': path }
  return await inCall(ctx.requestId, () =>
    inSpan(path, { attributes }, async () => {
      const guard = guardOf(path)
      const refused = guard && (refusalOf(guard, ctx.session) ?? (await rateRefusalOf(guard, ctx)))
      if (refused !== undefined) {
        note(refused.code)
        throw toTrpcError(refused)
      }
      const result = await next()
      if (result.ok) {
        note('done')
        return result
      }
      const refusal = toDomainError(result.error, ctx.requestId)
      note(refusal.code)
      if (refusal.code === 'INTERNAL')
        ctx.deps.log.error({ err: result.error.cause ?? result.error, path, type }, 'call failed')
      throw toTrpcError(refusal)
    }),
  ).finally(end)
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

function refusalOf(guard: Guard, session: Session | null): DomainError | undefined {
  if (guard.role === 'anyone') return undefined
  if (session === null) return new DomainError('SIGN_IN_REQUIRED', {})
  return guard.role === 'operator' && session.role !== 'operator'
    ? new DomainError('FORBIDDEN', {})
    : undefined
}

/** Each call of a batch is counted, and a subscription once. */
async function rateRefusalOf(
  { rate }: Guard,
  { deps, session, address }: Context,
): Promise<DomainError | undefined> {
  try {
    await requireRate(deps, { rate, accountId: session?.accountId, address })
    return undefined
  } catch (error) {
    if (isDomainError(error, 'RATE_LIMITED')) return error
    throw error
  }
}

function requireRole(role: Role, wanted: Role): void {
  if (role !== wanted) throw new DomainError('FORBIDDEN', {})
}
