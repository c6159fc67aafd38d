import { concertPage, concertSummary } from '@greenroom/contract'
import type { z } from 'zod'

const opensAtMs = 1_790_000_000_000
const dayMs = 86_400_000

export const summaryExample: z.input<typeof concertSummary> = {
  concertId: 1,
  title: { ko: '작은 방의 밤', en: 'A Night in a Small Room' },
  artist: 'The Lamplighters',
  venue: { ko: '등불 클럽', en: 'Lamplight Club' },
  timeZone: 'Asia/Seoul',
  currency: 'KRW',
  phase: 'open',
  lobbyOpensAtMs: null,
  opensAtMs,
  closesAtMs: null,
  firstShowAtMs: opensAtMs + 7 * dayMs,
  lastShowAtMs: opensAtMs + 9 * dayMs,
  minPriceMinor: 55_000,
  maxPriceMinor: 55_000,
  accentColor: '#7c5cff',
}

export const concertExample: z.input<typeof concertPage> = {
  ...summaryExample,
  about: { ko: '세 번의 밤.', en: 'Three nights.' },
  categories: [{ code: 0, name: 'Floor', color: '#7c5cff', priceMinor: 55_000 }],
  shows: [
    {
      showId: 1,
      concertId: 1,
      startsAtMs: opensAtMs + 7 * dayMs,
      seatCount: 50,
      firstSeatId: 1,
      geometryUrl: '/geometry/6b86b273ff34fce19d6b804eff5a3f57.bin',
      stock: [{ code: 0, total: 50, available: 12 }],
      stockAsOfMs: opensAtMs + 60_000,
    },
  ],
  seatsPerFan: 4,
  holdTtlMs: 300_000,
}
