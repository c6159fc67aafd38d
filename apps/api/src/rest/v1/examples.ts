import { estimateWait } from '@greenroom/contract'
import type {
  account,
  admitted,
  concertPage,
  concertSummary,
  payment,
  paymentListing,
  queueProgress,
  refund,
  reservation,
  reservationListing,
  seatList,
  showSummary,
  signedIn,
  statement,
  ticket,
  ticketKeys,
} from '@greenroom/contract'
import type { z } from 'zod'
import type { QueuePlace } from './queue-place.ts'

const opensAtMs = 1_790_000_000_000
const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs
const startsAtMs = opensAtMs + 7 * dayMs
const asOfMs = opensAtMs + minuteMs

/** Tokens are JWS of some 150 characters; these are shaped like them and prove nothing. */
export const receiptExample = 'eyJhbGciOiJIUzI1NiJ9.eyJjIjoxLCJmIjo3LCJlIjoxLCJzIjoxMjF9.c2lnbmF0dXJl'
export const passExample = 'eyJhbGciOiJIUzI1NiJ9.eyJjIjoxLCJmIjo3LCJrIjoiYSJ9.c2lnbmF0dXJl'
export const codeExample = 'eyJhbGciOiJFZERTQSJ9.eyJ0IjozMSwicyI6MSwibiI6N30.c2lnbmF0dXJl'
export const attemptExample = '6f1c2d8e-9f0b-4c57-a1b1-3f6e5b0d7a11'

const event = {
  title: { ko: '작은 방의 밤', en: 'A Night in a Small Room' },
  venue: { ko: '등불 클럽', en: 'Lamplight Club' },
  timeZone: 'Asia/Seoul',
}

export const accountExample: z.input<typeof account> = {
  accountId: 7,
  email: 'mina@example.com',
  name: 'Mina',
  role: 'fan',
  locale: 'ko',
}

export const signedInExample: z.input<typeof signedIn> = {
  account: accountExample,
  token: 'eyJhbGciOiJIUzI1NiJ9.eyJhIjo3LCJyIjoiZmFuIn0.c2lnbmF0dXJl',
}

export const summaryExample: z.input<typeof concertSummary> = {
  concertId: 1,
  ...event,
  artist: 'The Lamplighters',
  currency: 'KRW',
  phase: 'open',
  lobbyOpensAtMs: null,
  opensAtMs,
  closesAtMs: null,
  firstShowAtMs: startsAtMs,
  lastShowAtMs: opensAtMs + 9 * dayMs,
  minPriceMinor: 55_000,
  maxPriceMinor: 55_000,
  accentColor: '#7c5cff',
  asOfMs,
}

export const stockExample = { stock: [{ code: 0, total: 50, available: 12 }], asOfMs }

export const showExample: z.input<typeof showSummary> = {
  showId: 1,
  concertId: 1,
  startsAtMs,
  seatCount: 50,
  firstSeatId: 1,
  geometryUrl: '/geometry/6b86b273ff34fce19d6b804eff5a3f57.bin',
  isStopped: false,
  isCancelled: false,
  stock: stockExample.stock,
  stockAsOfMs: asOfMs,
}

export const concertExample: z.input<typeof concertPage> = {
  ...summaryExample,
  about: { ko: '세 번의 밤.', en: 'Three nights.' },
  categories: [{ code: 0, name: 'Floor', color: '#7c5cff', priceMinor: 55_000 }],
  shows: [showExample],
  seatsPerFan: 4,
  holdTtlMs: 5 * minuteMs,
}

export const progressExample: z.input<typeof queueProgress> = {
  concertId: 1,
  epoch: 1,
  phase: 'open',
  admittedTotal: 4_200,
  waiting: 380,
  active: 200,
  capacity: 200,
  outflowPerMinute: 60,
  stock: [[0, 12]],
  asOfMs,
}

const line = { line: progressExample, opensAtMs, lobbyOpensAtMs: null, draw: null }

export const waitingExample: QueuePlace = {
  state: 'WAITING',
  position: 121,
  ahead: 120,
  eta: estimateWait(120, 60),
  receipt: receiptExample,
  refreshAfterMs: 30_000,
  asOfMs,
  ...line,
}

export const activeExample: QueuePlace = {
  state: 'ACTIVE',
  position: 0,
  ahead: 0,
  eta: { lowMs: 0, highMs: 0 },
  pass: passExample,
  passExpiresAtMs: asOfMs + 10 * minuteMs,
  asOfMs,
  ...line,
}

const seat = {
  seatId: 7,
  section: 'Floor',
  row: 'A',
  number: '7',
  categoryCode: 0,
  priceMinor: 55_000,
}
const seats = [seat, { ...seat, seatId: 8, number: '8' }]

export const seatListExample: z.input<typeof seatList> = {
  seats: seats.map((each) => ({ ...each, seatNo: each.seatId, status: 'available' })),
  nextAfterSeatId: 8,
  seq: 42,
  asOfMs,
}

export const reservationExample: z.input<typeof reservation> = {
  reservationId: 12,
  concertId: 1,
  showId: 1,
  state: 'HELD',
  seats,
  amountMinor: 110_000,
  currency: 'KRW',
  heldAtMs: asOfMs,
  heldUntilMs: asOfMs + 5 * minuteMs,
  asOfMs,
}

export const listingExample: z.input<typeof reservationListing> = {
  ...reservationExample,
  state: 'PAID',
  concertTitle: event.title,
  venue: event.venue,
  timeZone: event.timeZone,
  startsAtMs,
  movedFromMs: null,
  paymentId: 5,
  isCancelled: false,
}

export const paymentExample: z.input<typeof payment> = {
  paymentId: 5,
  reservationIds: [12],
  ticketIds: [31, 32],
  amountMinor: 110_000,
  currency: 'KRW',
  paidAtMs: asOfMs + minuteMs,
  balanceMinor: 0,
}

export const paymentListingExample: z.input<typeof paymentListing> = {
  ...paymentExample,
  concertId: 1,
  refundedReservationIds: [],
}

export const refundExample: z.input<typeof refund> = {
  reservationId: 12,
  amountMinor: 110_000,
  currency: 'KRW',
  refundedAtMs: asOfMs + 2 * minuteMs,
  balanceMinor: 110_000,
}

export const statementExample: z.input<typeof statement> = {
  lines: [
    {
      transferId: 72,
      kind: 'payment',
      changeMinor: -110_000,
      balanceAfterMinor: 0,
      reservationId: 12,
      atMs: asOfMs + minuteMs,
    },
    {
      transferId: 70,
      kind: 'charge',
      changeMinor: 110_000,
      balanceAfterMinor: 110_000,
      reservationId: null,
      atMs: asOfMs,
    },
  ],
  nextBeforeId: 70,
}

export const ticketExample: z.input<typeof ticket> = {
  ticketId: 31,
  reservationId: 12,
  concertId: 1,
  showId: 1,
  seatId: 7,
  section: 'Floor',
  row: 'A',
  number: '7',
  categoryName: 'Floor',
  concertTitle: event.title,
  venue: event.venue,
  timeZone: event.timeZone,
  startsAtMs,
  movedFromMs: null,
  holderName: 'Mina',
  state: 'VALID',
  isCancelled: false,
  code: codeExample,
}

export const keysExample: z.input<typeof ticketKeys> = {
  keys: [
    {
      kty: 'OKP',
      crv: 'Ed25519',
      x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo',
      kid: 'kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k',
      alg: 'EdDSA',
      use: 'sig',
    },
  ],
}

export const admittedExample: z.input<typeof admitted> = {
  ticketId: 31,
  showId: 1,
  seatId: 7,
  section: 'Floor',
  row: 'A',
  number: '7',
  holderName: 'Mina',
  admittedAtMs: startsAtMs,
}
