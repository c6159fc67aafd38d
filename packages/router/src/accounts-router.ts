import { account, signedIn, signInInput, signUpInput, updateMeInput } from '@greenroom/contract'
import { readMe, signIn, signOut, signUp, updateMe } from '@greenroom/core'
import { fanProcedure, publicProcedure } from './procedures.ts'
import { trpc } from './trpc.ts'

export const accountsRouter = trpc.router({
  signUp: publicProcedure
    .input(signUpInput)
    .output(signedIn)
    .mutation(async ({ ctx, input }) => {
      const reply = await signUp(ctx.deps, input)
      ctx.setSessionCookie(reply.token)
      return reply
    }),

  signIn: publicProcedure
    .input(signInInput)
    .output(signedIn)
    .mutation(async ({ ctx, input }) => {
      const reply = await signIn(ctx.deps, input)
      ctx.setSessionCookie(reply.token)
      return reply
    }),

  /** Safe to repeat; the session is refused everywhere within a second. */
  signOut: publicProcedure.mutation(async ({ ctx }) => {
    if (ctx.session !== null) await signOut(ctx.deps, ctx.session)
    ctx.setSessionCookie(null)
  }),

  /** `null` when nobody is signed in: a page asks this before it knows. */
  me: publicProcedure
    .output(account.nullable())
    .query(({ ctx }) => (ctx.session === null ? null : readMe(ctx.deps, ctx.session.accountId))),

  updateMe: fanProcedure
    .input(updateMeInput)
    .output(account)
    .mutation(({ ctx, input }) => updateMe(ctx.deps, { accountId: ctx.session.accountId, ...input })),
})
