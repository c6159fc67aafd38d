import { webhookEvent, type WebhookEvent, webhookExamples } from '@greenroom/contract'
import { z } from 'zod'
import type { ZodOpenApiOperationObject, ZodOpenApiPathsObject } from 'zod-openapi'

/** Their chapter. No route is in it. */
export const webhooksTag = {
  name: 'webhooks',
  description:
    'Not calls to this server, but from it: what it sends to the addresses that operators registered, signed as [Standard Webhooks](https://www.standardwebhooks.com) says.',
}

const sentences: Record<WebhookEvent['type'], string> = {
  'reservation.paid': 'A payment bought a reservation; one message for each reservation of the payment.',
  'reservation.expired':
    'The time of a hold was over and its seats were given back. A late payment may still buy it: `reservation.paid` follows then.',
  'payment.refunded': 'A paid reservation was given back whole.',
  'show.cancelled':
    'A show does not take place. Each paid reservation of it has a `payment.refunded` that follows.',
  'show.moved':
    'A show begins at another time. Tickets stay good; who has one is told, and may give it back as before.',
  'webhook.test': 'An operator sent it to this one address.',
}

/** What is sent to the addresses that operators registered: the `webhooks` of the document. */
export function describeWebhooks(): ZodOpenApiPathsObject {
  return Object.fromEntries(
    webhookEvent.options.map((schema) => {
      const { value: type } = schema.shape.type
      return [type, { post: describeMessage(type, schema) }]
    }),
  )
}

function describeMessage(type: WebhookEvent['type'], schema: z.ZodType): ZodOpenApiOperationObject {
  return {
    operationId: `on${type.replace(/(^|\.)./g, (start) => start.slice(-1).toUpperCase())}`,
    tags: [webhooksTag.name],
    summary: type,
    description: sentences[type],
    // the signature is the proof, and it is ours to give
    security: [],
    requestParams: { header: signature },
    requestBody: {
      required: true,
      content: { 'application/json': { schema, example: webhookExamples[type] } },
    },
    responses: {
      '2XX': { description: 'Taken. Any other answer, or none within 10 s, and it is sent again later.' },
      410: { description: 'Wants no more: the address is switched off until an operator switches it on.' },
    },
  }
}

const header = (description: string, example: string) => z.string().meta({ param: { description, example } })

const signature = z.object({
  'webhook-id': header(
    'The same for every attempt to send this event to this address: keep it and ignore repeats.',
    'evt_5001_3',
  ),
  'webhook-timestamp': header(
    'When this attempt was made, in seconds since 1970. Refuse what is older than five minutes.',
    '1795176004',
  ),
  'webhook-signature': header(
    'Signatures as Standard Webhooks has them, over id, timestamp and the bytes of the body, with a space between; any one will do. There are two for a day after the secret was rotated.',
    'v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=',
  ),
})
