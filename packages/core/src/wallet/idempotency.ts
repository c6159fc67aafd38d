import { createHash } from 'node:crypto'
import { type AccountId, DomainError } from '@greenroom/contract'
import type { z } from 'zod'
import type { Database, Tx } from '../platform/database.ts'
import { claimKey, findKey, storeReply } from './idempotency-store.ts'

export type Attempt<Reply> = {
  fanId: AccountId
  /** Made by the client, once per attempt. Keys of two fans never meet. */
  key: string
  /** Which command it is: a key that charged cannot pay. */
  command: string
  /** What was asked, in one spelling: the same wish must be the same text. */
  body: Record<string, string | number | readonly (string | number)[]>
  /** How a stored reply is read back. */
  reply: z.ZodType<Reply>
}

/**
 * Does `work` once for each key: its effect, the key and the reply are committed together or not at all. A repeat gets
 * the stored reply; one that comes while the first is still running waits for it. When `work` refuses, the caller's
 * rollback takes the key along, so the same key may be tried again. Refuses with IDEMPOTENCY_KEY_REUSED when the key
 * was used for another command or another body. A key is remembered for 30 days, that of a charge for ever: after that
 * it is a new one, and what it did is not done again for other reasons (a hold that is paid is not paid twice, a
 * reservation that was given back is not given back twice).
 */
export async function withIdempotency<Reply>(
  tx: Tx,
  attempt: Attempt<Reply>,
  work: () => Promise<Reply>,
): Promise<Reply> {
  const { fanId, key, command } = attempt
  if (await claimKey(tx, { fanId, key, command, bodyHash: bodyHashOf(attempt) })) {
    const reply = await work()
    await storeReply(tx, fanId, key, reply)
    return reply
  }
  const reply = await readReply(tx, attempt)
  // the key was 30 days old and was forgotten between the two looks: nobody knows it any more
  return reply === undefined ? await withIdempotency(tx, attempt, work) : reply
}

/**
 * The reply that the key got before, `undefined` when none was committed: for commands that have something to check of a
 * first attempt and not of a repeat. Refuses like `withIdempotency`, which alone decides.
 */
export async function readReply<Reply>(
  connection: Database['pool'] | Tx,
  attempt: Attempt<Reply>,
): Promise<Reply | undefined> {
  const first = await findKey(connection, attempt.fanId, attempt.key)
  if (first === undefined) return undefined
  if (first.command !== attempt.command || first.bodyHash !== bodyHashOf(attempt))
    throw new DomainError('IDEMPOTENCY_KEY_REUSED', {})
  return attempt.reply.parse(first.reply)
}

/** The wish in few bytes: equal for equal bodies. */
export function bodyHashOf({ body }: Pick<Attempt<unknown>, 'body'>): string {
  return createHash('sha256').update(JSON.stringify(body)).digest('base64url')
}
