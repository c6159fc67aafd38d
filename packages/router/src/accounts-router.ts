import {
  account,
  changePasswordInput,
  ownSession,
  sessionInput,
  signedIn,
  signInInput,
  signUpInput,
  updateMeInput,
} from '@greenroom/contract'
import {
  changePassword,
  endSession,
  listSessions,
  markDevice,
  readMe,
  signIn,
  signOut,
  signOutEverywhere,
  signUp,
  updateMe,
} from '@greenroom/core'
import { z } from 'zod'
import type { Context } from './context.ts'
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
      const reply = await signUp(ctx.deps, { ...input, from: fromOf(ctx) })
      ctx.setSessionCookie(reply.token)
      noteDevice(ctx, input.email)
      return reply
    }),

  /**
   * A new session, good for 7 days; a browser gets it as a cookie too, and one that says the account was opened on it. Every call makes another one.
   * @throws WRONG_CREDENTIALS the same for an unknown e-mail as for a wrong password
   * @throws OVERLOADED too many passwords are being hashed
   */
  signIn: publicProcedure
    .input(signInInput)
    .output(signedIn)
    .mutation(async ({ ctx, input }) => {
      const reply = await signIn(ctx.deps, { ...input, from: fromOf(ctx) })
      ctx.setSessionCookie(reply.token)
      noteDevice(ctx, input.email)
      return reply
    }),

  /** Ends the session: it is refused everywhere within a second. Safe to repeat. */
  signOut: publicProcedure.mutation(async ({ ctx }) => {
    if (ctx.session !== null) await signOut(ctx.deps, ctx.session)
    ctx.setSessionCookie(null)
  }),

  /** The devices on which the caller is signed in, this one first, then the newest; at most 100. */
  sessions: fanProcedure.output(z.array(ownSession)).query(({ ctx }) => listSessions(ctx.deps, ctx.session)),

  /**
   * Signs one of the caller's devices out, everywhere within a second, its sockets too.
   * @throws NOT_FOUND session, another account's, or ended already: so a repeat is refused
   */
  endSession: fanProcedure
    .input(sessionInput)
    .mutation(({ ctx, input }) => endSession(ctx.deps, { ...input, accountId: ctx.session.accountId })),

  /** Ends all of the caller's sessions, this one too, everywhere within a second, sockets included. */
  signOutEverywhere: fanProcedure.mutation(async ({ ctx }) => {
    await signOutEverywhere(ctx.deps, ctx.session)
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

/** Where somebody signs in from. */
const fromOf = ({ address, userAgent, readDeviceToken }: Context) => ({
  address,
  userAgent,
  deviceToken: readDeviceToken?.(),
})

/** From now on the browser is known for this account: what others try is not held against it. */
function noteDevice({ deps, readDeviceToken, setDeviceCookie }: Context, email: string): void {
  setDeviceCookie?.(markDevice(deps, { email, earlier: readDeviceToken?.() }))
}
