import { createdPartnerKey, createPartnerKeyInput, partnerKey, partnerKeyInput } from '@greenroom/contract'
import { createPartnerKey, listPartnerKeys, revokePartnerKey } from '@greenroom/core'
import { z } from 'zod'
import { operatorProcedure } from './procedures.ts'
import { trpc } from './trpc.ts'

export const partnersRouter = trpc.router({
  /** The only reply that ever holds the secret. Every call makes another key. */
  createKey: operatorProcedure
    .input(createPartnerKeyInput)
    .output(createdPartnerKey)
    .mutation(({ ctx, input }) =>
      createPartnerKey(ctx.deps, { ...input, operatorId: ctx.session.accountId }),
    ),
  listKeys: operatorProcedure.output(z.array(partnerKey)).query(({ ctx }) => listPartnerKeys(ctx.deps)),
  /** The key is refused everywhere within a second, for ever. Safe to repeat. */
  revokeKey: operatorProcedure
    .input(partnerKeyInput)
    .output(partnerKey)
    .mutation(({ ctx, input }) =>
      revokePartnerKey(ctx.deps, { ...input, operatorId: ctx.session.accountId }),
    ),
})
