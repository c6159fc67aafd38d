import { balance, chargeInput, statement, statementInput } from '@greenroom/contract'
import { z } from 'zod'
import type { Route } from '../route.ts'
import { attemptExample, statementExample } from './examples.ts'
import { attempt, digits, v1Route } from './v1-route.ts'

const { amountMinor } = chargeInput.shape
const { beforeId, limit } = statementInput.shape

export const walletRoutes: Route[] = [
  v1Route({
    method: 'GET',
    path: '/v1/wallet',
    tags: ['wallet', 'flow'],
    operationId: 'readWallet',
    summary: 'My balance',
    access: 'fan',
    refuses: ['NOT_FOUND'],
    input: z.object({}),
    reply: balance,
    example: { reply: { balanceMinor: 110_000, currency: 'KRW' } },
    run: (call) => call.wallet.balance(),
  }),
  v1Route({
    method: 'POST',
    path: '/v1/wallet/charges',
    tags: ['wallet', 'flow'],
    operationId: 'chargeWallet',
    summary: 'Add money to my wallet, and see the balance right after it',
    status: 201,
    access: 'fan',
    refuses: ['NOT_FOUND', 'BALANCE_TOO_HIGH', 'IDEMPOTENCY_KEY_REUSED'],
    input: z.object({ headers: attempt, body: z.strictObject({ amountMinor }) }),
    reply: balance,
    example: {
      headers: { 'idempotency-key': attemptExample },
      body: { amountMinor: 110_000 },
      reply: { balanceMinor: 110_000, currency: 'KRW' },
    },
    run: (call, { headers, body }) =>
      call.wallet.charge({ ...body, idempotencyKey: headers['idempotency-key'] }),
  }),
  v1Route({
    method: 'GET',
    path: '/v1/wallet/transfers',
    tags: ['wallet'],
    operationId: 'listTransfers',
    summary: 'Every line that changed my balance, newest first, page by page',
    description:
      '`nextBeforeId` is the `beforeId` of the next page, and null on the last one. New lines shift no page.',
    access: 'fan',
    refuses: ['NOT_FOUND'],
    input: z.object({
      query: z.object({
        beforeId: digits(beforeId.unwrap()).optional(),
        limit: digits(limit.unwrap()).default(30).describe('How many at most; 30 unless said.'),
      }),
    }),
    reply: statement,
    example: { query: { limit: '2' }, reply: statementExample },
    run: (call, { query }) => call.wallet.statement(query),
  }),
]
