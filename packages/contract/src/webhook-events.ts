import { z } from 'zod'
import {
  accountId,
  concertId,
  eventId,
  paymentId,
  reservationId,
  seatId,
  showId,
  webhookEndpointId,
} from './ids.ts'
import { amountMinor, currency } from './money.ts'
import { instantMs } from './time.ts'

/** Whose seats an event is about, and what they cost. Ids alone: nothing here says who the fan is. */
const sale = z.object({
  reservationId,
  concertId,
  showId,
  fanId: accountId,
  seatIds: z.array(seatId).min(1),
  amountMinor,
  currency,
})

export const reservationPaidData = sale.extend({ paymentId, paidAtMs: instantMs })
/** A later `reservation.paid` of the same reservation is possible: a late payment takes seats that are still free. */
export const reservationExpiredData = sale.extend({ heldUntilMs: instantMs, expiredAtMs: instantMs })
export const paymentRefundedData = sale.extend({ paymentId, refundedAtMs: instantMs })
/** The show does not take place; each paid reservation of it has a `payment.refunded` of its own that follows. */
export const showCancelledData = z.object({
  showId,
  concertId,
  startsAtMs: instantMs,
  cancelledAtMs: instantMs,
})
/** The show begins at another time than was said. */
export const showMovedData = z.object({
  showId,
  concertId,
  fromMs: instantMs,
  startsAtMs: instantMs,
  movedAtMs: instantMs,
})
export const webhookTestData = z.object({ endpointId: webhookEndpointId })

const envelope = {
  /** The same for every receiver and every repeat. Grows with time, not without gaps. */
  eventId,
  /** When it happened, by the database's clock. */
  timestamp: z.iso.datetime(),
}

/** The body of a webhook, in the form Standard Webhooks recommends; also one line of the data platform's files. */
export const webhookEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('reservation.paid'), ...envelope, data: reservationPaidData }),
  z.object({ type: z.literal('reservation.expired'), ...envelope, data: reservationExpiredData }),
  z.object({ type: z.literal('payment.refunded'), ...envelope, data: paymentRefundedData }),
  z.object({ type: z.literal('show.cancelled'), ...envelope, data: showCancelledData }),
  z.object({ type: z.literal('show.moved'), ...envelope, data: showMovedData }),
  z.object({ type: z.literal('webhook.test'), ...envelope, data: webhookTestData }),
])
export type WebhookEvent = z.infer<typeof webhookEvent>

/** What an endpoint may ask for; `webhook.test` comes when an operator sends it. */
export const webhookEventType = z.enum([
  'reservation.paid',
  'reservation.expired',
  'payment.refunded',
  'show.cancelled',
  'show.moved',
])
export type WebhookEventType = z.infer<typeof webhookEventType>

const exampleSale = {
  reservationId: reservationId.parse(812),
  concertId: concertId.parse(1),
  showId: showId.parse(2),
  fanId: accountId.parse(17),
  seatIds: [seatId.parse(60), seatId.parse(61)],
  amountMinor: 110_000,
  currency: 'KRW',
} as const

/** One event of each type, as a receiver gets it: what the documentation shows. */
export const webhookExamples = {
  'reservation.paid': {
    type: 'reservation.paid',
    eventId: eventId.parse(5_001),
    timestamp: '2026-11-20T12:00:03.120Z',
    data: {
      ...exampleSale,
      seatIds: [...exampleSale.seatIds],
      paymentId: paymentId.parse(340),
      paidAtMs: 1_795_176_003_120,
    },
  },
  'reservation.expired': {
    type: 'reservation.expired',
    eventId: eventId.parse(5_002),
    timestamp: '2026-11-20T12:05:00.410Z',
    data: {
      ...exampleSale,
      seatIds: [...exampleSale.seatIds],
      heldUntilMs: 1_795_176_300_000,
      expiredAtMs: 1_795_176_300_410,
    },
  },
  'payment.refunded': {
    type: 'payment.refunded',
    eventId: eventId.parse(5_003),
    timestamp: '2026-11-20T13:10:00.007Z',
    data: {
      ...exampleSale,
      seatIds: [...exampleSale.seatIds],
      paymentId: paymentId.parse(340),
      refundedAtMs: 1_795_180_200_007,
    },
  },
  'show.cancelled': {
    type: 'show.cancelled',
    eventId: eventId.parse(5_005),
    timestamp: '2026-11-20T13:11:00.250Z',
    data: {
      showId: showId.parse(2),
      concertId: concertId.parse(1),
      startsAtMs: 1_795_260_000_000,
      cancelledAtMs: 1_795_180_260_250,
    },
  },
  'show.moved': {
    type: 'show.moved',
    eventId: eventId.parse(5_006),
    timestamp: '2026-11-20T13:11:30.250Z',
    data: {
      showId: showId.parse(2),
      concertId: concertId.parse(1),
      fromMs: 1_795_260_000_000,
      startsAtMs: 1_795_346_400_000,
      movedAtMs: 1_795_180_290_250,
    },
  },
  'webhook.test': {
    type: 'webhook.test',
    eventId: eventId.parse(5_004),
    timestamp: '2026-11-20T13:12:00.000Z',
    data: { endpointId: webhookEndpointId.parse(3) },
  },
} satisfies { [Type in WebhookEvent['type']]: Extract<WebhookEvent, { type: Type }> }
