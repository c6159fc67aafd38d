import { z } from 'zod'
import { displayName } from './display-name.ts'
import { accountId, sessionId } from './ids.ts'
import { locale } from './locale.ts'
import { instantMs } from './time.ts'

export const role = z.enum(['fan', 'operator'])
export type Role = z.infer<typeof role>

export const email = z
  .email()
  .max(254)
  .transform((text) => text.toLowerCase())
export const password = z.string().min(8).max(200)

export const signUpInput = z.object({
  email,
  password,
  name: displayName,
  locale: locale.default('ko'),
})
export type SignUpInput = z.infer<typeof signUpInput>

export const signInInput = z.object({ email, password: z.string().min(1).max(200) })
export type SignInInput = z.infer<typeof signInInput>

export const account = z.object({ accountId, email: z.string(), name: z.string(), role, locale })
export type Account = z.infer<typeof account>

/** The reply to signing up or in. `token` is what the cookie holds, for callers without cookies (`authorization: Bearer`). */
export const signedIn = z.object({ account, token: z.string() })
export type SignedIn = z.infer<typeof signedIn>

/** What is absent stays as it is. */
export const updateMeInput = z.object({ name: displayName.optional(), locale: locale.optional() })
export type UpdateMeInput = z.infer<typeof updateMeInput>

export const changePasswordInput = z.object({
  currentPassword: signInInput.shape.password,
  newPassword: password,
})
export type ChangePasswordInput = z.infer<typeof changePasswordInput>

/** One device that is signed in. `userAgent`: what it said of itself, cut short; null when nothing. */
export const ownSession = z.object({
  sessionId,
  userAgent: z.string().nullable(),
  signedInAtMs: instantMs,
  expiresAtMs: instantMs,
  isThis: z.boolean().describe('Whether the call came with it.'),
})
export type OwnSession = z.infer<typeof ownSession>

export const sessionInput = z.object({ sessionId })
export type SessionInput = z.infer<typeof sessionInput>
