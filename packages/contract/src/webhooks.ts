import { z } from 'zod'
import { displayLine } from './display-name.ts'
import { eventId, webhookDeliveryId, webhookEndpointId } from './ids.ts'
import { instantMs } from './time.ts'
import { webhookEvent, webhookEventType } from './webhook-events.ts'

export const maxWebhookEndpoints = 20
export const maxUrlLength = 2_000

export const registerWebhookInput = z.object({
  /** Where to send to: https, no user name or password in it, nothing behind a `#`. */
  url: z.url({ protocol: /^https?$/ }).max(maxUrlLength),
  description: displayLine.default(''),
  eventTypes: z
    .array(webhookEventType)
    .min(1)
    .refine((types) => new Set(types).size === types.length, 'a type is named twice'),
})
export type RegisterWebhookInput = z.infer<typeof registerWebhookInput>

/** `gone`: it answered 410 and gets nothing until it is switched on again. */
export const webhookEndpointState = z.enum(['on', 'off', 'gone'])

export const webhookEndpoint = z.object({
  endpointId: webhookEndpointId,
  url: z.string(),
  description: z.string(),
  eventTypes: z.array(webhookEventType),
  state: webhookEndpointState,
  /** Until then the secret before the last rotation signs, too. */
  oldSecretUntilMs: instantMs.nullable(),
  pendingCount: z.number().int(),
  deadCount: z.number().int(),
  createdAtMs: instantMs,
})
export type WebhookEndpoint = z.infer<typeof webhookEndpoint>

/** The secret is shown here and never again. */
export const webhookSecret = z.object({
  endpointId: webhookEndpointId,
  secret: z.string().startsWith('whsec_'),
})
export type WebhookSecret = z.infer<typeof webhookSecret>

export const webhookEndpointInput = z.object({ endpointId: webhookEndpointId })
export const switchWebhookInput = z.object({ endpointId: webhookEndpointId, isOn: z.boolean() })

export const webhookDeliveryState = z.enum(['PENDING', 'DELIVERED', 'DEAD'])
export type WebhookDeliveryState = z.infer<typeof webhookDeliveryState>

export const webhookDeliveriesInput = z.object({
  endpointId: webhookEndpointId.optional(),
  state: webhookDeliveryState.optional(),
  beforeId: webhookDeliveryId.optional(),
  limit: z.number().int().min(1).max(200).default(50),
})

export const webhookDelivery = z.object({
  deliveryId: webhookDeliveryId,
  endpointId: webhookEndpointId,
  eventId,
  type: z.union(webhookEvent.options.map((option) => option.shape.type)),
  state: webhookDeliveryState,
  attempts: z.number().int(),
  /** HTTP status of the last attempt; `null` when there was no answer. */
  lastStatus: z.number().int().nullable(),
  /** Why the last attempt failed, in a few words. */
  lastError: z.string().nullable(),
  /** When it is tried next, at the earliest; `null` when it is not tried again. */
  nextAttemptAtMs: instantMs.nullable(),
  createdAtMs: instantMs,
  deliveredAtMs: instantMs.nullable(),
})
export type WebhookDelivery = z.infer<typeof webhookDelivery>

export const webhookDeliveries = z.object({
  deliveries: z.array(webhookDelivery),
  nextBeforeId: webhookDeliveryId.nullable(),
})
export type WebhookDeliveries = z.infer<typeof webhookDeliveries>

export const webhookDeliveryInput = z.object({ deliveryId: webhookDeliveryId })
export const replayedWebhooks = z.object({ count: z.number().int() })
