import {
  registerWebhookInput,
  replayedWebhooks,
  switchWebhookInput,
  webhookDeliveries,
  webhookDeliveriesInput,
  webhookDelivery,
  webhookDeliveryInput,
  webhookEndpoint,
  webhookEndpointInput,
  webhookSecret,
} from '@greenroom/contract'
import {
  listWebhookDeliveries,
  listWebhooks,
  registerWebhook,
  removeWebhook,
  replayDeadWebhooks,
  replayWebhook,
  rotateWebhookSecret,
  sendTestWebhook,
  switchWebhook,
} from '@greenroom/core'
import { z } from 'zod'
import { operatorProcedure } from './procedures.ts'
import { trpc } from './trpc.ts'

const endpointProcedure = operatorProcedure.input(webhookEndpointInput)

export const webhooksRouter = trpc.router({
  /** Adds an address that events are sent to. The reply holds the signing secret. Every call adds another endpoint. */
  register: operatorProcedure
    .input(registerWebhookInput)
    .output(webhookSecret)
    .mutation(({ ctx, input }) => registerWebhook(ctx.deps, { ...input, operatorId: ctx.session.accountId })),
  /** Every endpoint, without its secret. */
  list: operatorProcedure.output(z.array(webhookEndpoint)).query(({ ctx }) => listWebhooks(ctx.deps)),
  /**
   * On, or off: pending deliveries wait, and what happens meanwhile is not kept for it. Safe to repeat.
   * @throws NOT_FOUND webhookEndpoint
   */
  switch: operatorProcedure
    .input(switchWebhookInput)
    .mutation(({ ctx, input }) => switchWebhook(ctx.deps, { ...input, operatorId: ctx.session.accountId })),
  /**
   * Ends an endpoint for ever; what was pending for it is dead. A repeat finds none.
   * @throws NOT_FOUND webhookEndpoint
   */
  remove: endpointProcedure.mutation(({ ctx, input }) =>
    removeWebhook(ctx.deps, { ...input, operatorId: ctx.session.accountId }),
  ),
  /**
   * The reply holds the new secret; the one before signs for 24 hours more.
   * @throws NOT_FOUND webhookEndpoint
   */
  rotateSecret: endpointProcedure
    .output(webhookSecret)
    .mutation(({ ctx, input }) =>
      rotateWebhookSecret(ctx.deps, { ...input, operatorId: ctx.session.accountId }),
    ),
  /**
   * Sends a test event to one endpoint, as any other is sent. Every call sends another.
   * @throws NOT_FOUND webhookEndpoint
   */
  sendTest: endpointProcedure
    .output(webhookDelivery)
    .mutation(({ ctx, input }) => sendTestWebhook(ctx.deps, { ...input, operatorId: ctx.session.accountId })),
  /** A page of deliveries, newest first; `state: 'DEAD'` are the dead letters. */
  deliveries: operatorProcedure
    .input(webhookDeliveriesInput)
    .output(webhookDeliveries)
    .query(({ ctx, input }) => listWebhookDeliveries(ctx.deps, input)),
  /**
   * Sends one that is dead or done again, under the same `webhook-id`. Safe to repeat while it is pending.
   * @throws NOT_FOUND webhookDelivery
   * @throws NOT_FOUND webhookEndpoint: it was removed
   */
  replay: operatorProcedure
    .input(webhookDeliveryInput)
    .output(webhookDelivery)
    .mutation(({ ctx, input }) => replayWebhook(ctx.deps, { ...input, operatorId: ctx.session.accountId })),
  /**
   * Sends the endpoint's oldest 10,000 dead letters again.
   * @throws NOT_FOUND webhookEndpoint
   */
  replayDead: endpointProcedure
    .output(replayedWebhooks)
    .mutation(({ ctx, input }) =>
      replayDeadWebhooks(ctx.deps, { ...input, operatorId: ctx.session.accountId }),
    ),
})
