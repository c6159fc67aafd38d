import { DomainError, type Role } from '@greenroom/contract'
import { failSpan, inCall, inSpan } from '@greenroom/core'
import { toDomainError, toTrpcError } from './error-edge.ts'
import { trpc } from './trpc.ts'

/** Anyone may call. Failures are mapped here, once, by looking at the result of `next()`: it never rejects. */
export const publicProcedure = trpc.procedure.use(
  async ({ next, ctx, path, type }) =>
    await inCall(ctx.requestId, () =>
      inSpan(path, { attributes: { 'rpc.system': 'trpc', 'rpc.method': path } }, async () => {
        const result = await next()
        if (result.ok) return result
        const refusal = toDomainError(result.error, ctx.requestId)
        failSpan(refusal)
        if (refusal.code === 'INTERNAL')
          ctx.deps.log.error({ err: result.error.cause ?? result.error, path, type }, 'call failed')
        throw toTrpcError(refusal)
      }),
    ),
)

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

function requireRole(role: Role, wanted: Role): void {
  if (role !== wanted) throw new DomainError('FORBIDDEN', {})
}
