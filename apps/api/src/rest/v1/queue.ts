import {
  challengeProof,
  type ConcertId,
  concertId,
  DomainError,
  isDomainError,
  type LineStatus,
  pass,
  queueProgress,
  receipt,
} from '@greenroom/contract'
import { TRPCError } from '@trpc/server'
import { z } from 'zod'
import type { Route } from '../route.ts'
import { activeExample, progressExample, receiptExample, waitingExample } from './examples.ts'
import { placeOf, type QueuePlace, queuePlace } from './queue-place.ts'
import { digits, type Procedures, v1Route } from './v1-route.ts'

const params = z.object({ concertId: digits(concertId) })
/** What proves a place that the server forgot. */
const proofs = z.object({ 'queue-receipt': receipt.optional(), 'queue-pass': pass.optional() })
/** What a newcomer's challenge was solved with. */
const joinProofs = proofs.extend({ 'queue-proof': challengeProof.optional() })
type Asked = { params: z.output<typeof params>; headers: z.output<typeof proofs> }

const example = { params: { concertId: 1 }, headers: { 'queue-receipt': receiptExample } }
const tokenRefusals = ['RECEIPT_REFUSED', 'PASS_REFUSED'] as const

export const queueRoutes: Route[] = [
  v1Route({
    method: 'POST',
    path: '/v1/concerts/{concertId}/queue',
    tags: ['queue', 'flow'],
    operationId: 'joinQueue',
    summary: 'Add me to the line, or find me there',
    description:
      'The same fan gets the same place, however often and from wherever they ask. With nobody waiting and room to spare the fan is ACTIVE at once. ' +
      'Keep `receipt` and `pass`, and send them along as `Queue-Receipt` and `Queue-Pass`: after an outage they restore the place. ' +
      'Newcomers refused with CHALLENGE_REQUIRED solve its challenge and ask again with `Queue-Proof`.',
    access: 'fan',
    refuses: [
      'NOT_FOUND',
      'LINE_CLOSED',
      ...tokenRefusals,
      'LINE_REBUILDING',
      'CHALLENGE_REQUIRED',
      'CHALLENGE_REFUSED',
      'ADDRESS_CROWDED',
    ],
    input: z.object({ params, headers: joinProofs }),
    reply: queuePlace,
    example: { ...example, reply: activeExample },
    run: async (call, asked) =>
      placeOf(await call.waitingRoom.join({ ...wishOf(asked), proof: asked.headers['queue-proof'] })),
  }),
  v1Route({
    method: 'GET',
    path: '/v1/concerts/{concertId}/queue',
    tags: ['queue', 'flow'],
    operationId: 'readQueuePlace',
    summary: 'My place in line, the fans ahead of me, and how long it may take',
    description:
      'EXPIRED: there is no place any more, and the receipt or pass shown says that there was one: it was left, lapsed, or spent by a payment. ' +
      'Who shows neither and has no place is refused with NOT_IN_LINE.',
    access: 'fan',
    refuses: ['NOT_FOUND', 'NOT_IN_LINE', ...tokenRefusals, 'LINE_REBUILDING'],
    input: z.object({ params, headers: proofs }),
    reply: queuePlace,
    example: { ...example, reply: waitingExample },
    run: readPlace,
  }),
  v1Route({
    method: 'DELETE',
    path: '/v1/concerts/{concertId}/queue',
    tags: ['queue', 'flow'],
    operationId: 'leaveQueue',
    summary: 'Give up my place, offer or pass for good',
    description: 'Holds stay until they end, and can still be paid. Safe to repeat.',
    status: 204,
    access: 'fan',
    refuses: ['NOT_FOUND', 'LINE_REBUILDING'],
    input: z.object({ params }),
    reply: z.void(),
    example: { params: { concertId: 1 }, reply: undefined },
    run: async (call, asked) => {
      await call.waitingRoom.leave(asked.params)
    },
  }),
  v1Route({
    method: 'GET',
    path: '/v1/concerts/{concertId}/queue/progress',
    tags: ['queue'],
    operationId: 'readQueueProgress',
    summary: 'The line’s numbers, the same for everybody',
    access: 'anyone',
    refuses: ['NOT_FOUND', 'LINE_REBUILDING'],
    cache: 'public, max-age=1',
    input: z.object({ params }),
    reply: queueProgress,
    example: { params: { concertId: 1 }, reply: progressExample },
    run: (call, asked) => call.waitingRoom.progress(asked.params),
  }),
]

async function readPlace(call: Procedures, asked: Asked): Promise<QueuePlace> {
  const status = await readStatus(call, asked)
  const { 'queue-receipt': shownReceipt, 'queue-pass': shownPass } = asked.headers
  const showsNone = shownReceipt === undefined && shownPass === undefined
  if (status.entry.state === 'none' && showsNone) throw new DomainError('NOT_IN_LINE', {})
  return placeOf(status)
}

/** A spent place opens nothing again, which is no reason not to say so, nor to hide the place that came after it. */
async function readStatus(call: Procedures, asked: Asked): Promise<LineStatus> {
  try {
    return await call.waitingRoom.status(wishOf(asked))
  } catch (error) {
    if (!isSpent(error)) throw error
    return await call.waitingRoom.status(asked.params)
  }
}

function isSpent(error: unknown): boolean {
  const refusal = error instanceof TRPCError ? error.cause : error
  const isOfToken = isDomainError(refusal, 'RECEIPT_REFUSED') || isDomainError(refusal, 'PASS_REFUSED')
  return isOfToken && refusal.details.reason === 'spent'
}

function wishOf({ params: { concertId: id }, headers }: Asked): {
  concertId: ConcertId
  receipt: string | undefined
  pass: string | undefined
} {
  return { concertId: id, receipt: headers['queue-receipt'], pass: headers['queue-pass'] }
}
