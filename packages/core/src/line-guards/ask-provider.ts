import { DomainError } from '@greenroom/contract'
import { z } from 'zod'
import type { ChallengeProvider } from '../platform/env.ts'
import { postForm } from '../platform/post-form.ts'

/** Turnstile, hCaptcha and reCAPTCHA answer like this to the same form; what else they say decides nothing here. */
const verdict = z.object({ success: z.boolean() })
const maxTries = 2
const retryAfterMs = 2_000

/**
 * Whether the provider gave this proof, asked with our secret; at most two tries of 2 s each. The provider takes a proof once.
 * Refuses with CHALLENGE_REFUSED `invalid`; with UNAVAILABLE when there is no verdict: nobody new gets in then, and the operator
 * may ask for work instead.
 */
export async function askProvider(
  provider: ChallengeProvider,
  asked: { proof: string; address: string | undefined },
): Promise<void> {
  const form = {
    secret: provider.secret,
    response: asked.proof,
    ...(asked.address === undefined ? {} : { remoteip: asked.address }),
  }
  for (let tries = 0; tries < maxTries; tries++) {
    const answer = await postForm(provider.verifyUrl, form, { ...provider, timeoutMs: 2_000 })
    const read = verdict.safeParse(answer)
    if (!read.success) continue
    if (read.data.success) return
    throw new DomainError('CHALLENGE_REFUSED', { reason: 'invalid' })
  }
  throw new DomainError('UNAVAILABLE', { retryAfterMs })
}
