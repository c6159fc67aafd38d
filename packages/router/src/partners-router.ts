import { createdPartnerKey, createPartnerKeyInput, partnerKey, partnerKeyInput } from '@greenroom/contract'
import { createPartnerKey, listPartnerKeys, revokePartnerKey } from '@greenroom/core'
import { z } from 'zod'
import { operatorProcedure } from './procedures.ts'
import { trpc } from './trpc.ts'

export const partnersRouter = trpc.router({
  /**
   * Makes a key for a partner's server. The only reply that ever holds the secret; every call makes another key.
   * @throws NOT_FOUND concert
   */
  createKey: operatorProcedure
    .input(createPartnerKeyInput)
    .output(createdPartnerKey)
    .mutation(({ ctx, input }) =>
      createPartnerKey(ctx.deps, { ...input, operatorId: ctx.session.accountId }),
    ),
  /** Every partner key without its secret, revoked ones too. */
  listKeys: operatorProcedure.output(z.array(partnerKey)).query(({ ctx }) => listPartnerKeys(ctx.deps)),
  /**
   * The key is refused everywhere within a second, for ever. Safe to repeat.
   * @throws NOT_FOUND partnerKey
   */
  revokeKey: operatorProcedure
    .input(partnerKeyInput)
    .output(partnerKey)
    .mutation(({ ctx, input }) =>
      revokePartnerKey(ctx.deps, { ...input, operatorId: ctx.session.accountId }),
    ),
})
