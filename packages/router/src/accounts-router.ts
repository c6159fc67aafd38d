import {
  account,
  changePasswordInput,
  signedIn,
  signInInput,
  signUpInput,
  updateMeInput,
} from '@greenroom/contract'
import { changePassword, readMe, signIn, signOut, signUp, updateMe } from '@greenroom/core'
import { fanProcedure, publicProcedure } from './procedures.ts'
import { trpc } from './trpc.ts'

export const accountsRouter = trpc.router({
  /**
   * Makes a fan's account with an empty wallet and signs it in; a browser gets the session as a cookie too. The token is
   * good for 7 days.
   * @throws EMAIL_TAKEN so a repeat is refused
   * @throws OVERLOADED too many passwords are being hashed
   */
  signUp: publicProcedure
    .input(signUpInput)
    .output(signedIn)
    .mutation(async ({ ctx, input }) => {
      const reply = await signUp(ctx.deps, input)
      ctx.setSessionCookie(reply.token)
      return reply
    }),

  /**
   * A new session, good for 7 days; a browser gets it as a cookie too. Every call makes another one.
   * @throws WRONG_CREDENTIALS the same for an unknown e-mail as for a wrong password
   * @throws OVERLOADED too many passwords are being hashed
   */
  signIn: publicProcedure
    .input(signInInput)
    .output(signedIn)
    .mutation(async ({ ctx, input }) => {
      const reply = await signIn(ctx.deps, input)
      ctx.setSessionCookie(reply.token)
      return reply
    }),

  /** Ends the session: it is refused everywhere within a second. Safe to repeat. */
  signOut: publicProcedure.mutation(async ({ ctx }) => {
    if (ctx.session !== null) await signOut(ctx.deps, ctx.session)
    ctx.setSessionCookie(null)
  }),

  /** Whose session this is; `null` when nobody is signed in: a page asks this before it knows. */
  me: publicProcedure
    .output(account.nullable())
    .query(({ ctx }) => (ctx.session === null ? null : readMe(ctx.deps, ctx.session.accountId))),

  /**
   * Sets the caller's name, the language of what is sent to them, or both. Safe to repeat.
   * @throws NOT_FOUND account
   */
  updateMe: fanProcedure
    .input(updateMeInput)
    .output(account)
    .mutation(({ ctx, input }) => updateMe(ctx.deps, { accountId: ctx.session.accountId, ...input })),

  /**
   * Sets a new password. All other sessions of the caller end, everywhere within a second; this one goes on.
   * @throws WRONG_CREDENTIALS the current password is another one, so a repeat is refused
   * @throws OVERLOADED too many passwords are being hashed
   */
  changePassword: fanProcedure.input(changePasswordInput).mutation(async ({ ctx, input }) => {
    const { accountId, sessionId } = ctx.session
    await changePassword(ctx.deps, { accountId, sessionId, ...input })
  }),
})
