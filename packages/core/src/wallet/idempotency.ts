import { createHash } from 'node:crypto'
import { type AccountId, DomainError } from '@greenroom/contract'
import type { z } from 'zod'
import type { Tx } from '../platform/database.ts'
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
 * was used for another command or another body.
 */
export async function withIdempotency<Reply>(
  tx: Tx,
  attempt: Attempt<Reply>,
  work: () => Promise<Reply>,
): Promise<Reply> {
  const { fanId, key, command } = attempt
  const bodyHash = createHash('sha256').update(JSON.stringify(attempt.body)).digest('base64url')
  if (await claimKey(tx, { fanId, key, command, bodyHash })) {
    const reply = await work()
    await storeReply(tx, fanId, key, reply)
    return reply
  }
  const first = await findKey(tx, fanId, key)
  if (first.command !== command || first.bodyHash !== bodyHash)
    throw new DomainError('IDEMPOTENCY_KEY_REUSED', {})
  return attempt.reply.parse(first.reply)
}
