import { payInput, payment, paymentId, paymentListing } from '@greenroom/contract'
import { z } from 'zod'
import type { Route } from '../route.ts'
import { attemptExample, paymentExample, paymentListingExample } from './examples.ts'
import { attempt, digits, v1Route } from './v1-route.ts'

const { reservationIds } = payInput.shape

export const paymentRoutes: Route[] = [
  v1Route({
    method: 'POST',
    path: '/v1/payments',
    tags: ['payments', 'flow'],
    operationId: 'pay',
    summary: 'Buy what my holds hold: all of it, or nothing',
    description:
      'The price is the one written down when the seats were held. The pass is spent by this. A hold that ran out is paid all the same while nobody has taken its seats.',
    status: 201,
    access: 'fan',
    refuses: [
      'NOT_FOUND',
      'HOLD_EXPIRED',
      'HOLD_ENDED',
      'SALE_CLOSED',
      'SALE_STOPPED',
      'SEAT_LIMIT_REACHED',
      'BALANCE_TOO_LOW',
      'IDEMPOTENCY_KEY_REUSED',
    ],
    input: z.object({ headers: attempt, body: z.strictObject({ reservationIds }) }),
    reply: payment,
    example: {
      headers: { 'idempotency-key': attemptExample },
      body: { reservationIds: [12] },
      reply: paymentExample,
    },
    run: (call, { headers, body }) =>
      call.payments.pay({ ...body, idempotencyKey: headers['idempotency-key'] }),
  }),
  v1Route({
    method: 'GET',
    path: '/v1/payments',
    tags: ['payments'],
    operationId: 'listPayments',
    summary: 'My newest 200 payments, newest first',
    access: 'fan',
    refuses: [],
    input: z.object({}),
    reply: z.array(paymentListing),
    example: { reply: [paymentListingExample] },
    run: (call) => call.payments.list(),
  }),
  v1Route({
    method: 'GET',
    path: '/v1/payments/{paymentId}',
    tags: ['payments'],
    operationId: 'readPayment',
    summary: 'One of my payments',
    access: 'fan',
    refuses: ['NOT_FOUND'],
    input: z.object({ params: z.object({ paymentId: digits(paymentId) }) }),
    reply: paymentListing,
    example: { params: { paymentId: 5 }, reply: paymentListingExample },
    run: (call, { params }) => call.payments.get(params),
  }),
]
