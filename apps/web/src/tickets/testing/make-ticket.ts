import { concertId, reservationId, seatId, showId, type Ticket, ticketId } from '@greenroom/contract'

/** A ticket for seat `n` of an evening. */
export function makeTicket({ n = 1, ...ticket }: Partial<Ticket> & { n?: number }): Ticket {
  return {
    ticketId: ticketId.parse(n),
    reservationId: reservationId.parse(1),
    concertId: concertId.parse(1),
    showId: showId.parse(1),
    seatId: seatId.parse(n),
    section: '1F C',
    row: '3',
    number: String(n),
    categoryName: 'VIP',
    concertTitle: { ko: '해월 — 조용한 방', en: 'Haewol: The Quiet Room' },
    venue: { ko: '지하 올리브, 서울', en: 'Basement Olive, Seoul' },
    timeZone: 'Asia/Seoul',
    startsAtMs: Date.UTC(2026, 11, 12, 11),
    holderName: 'Fan 1',
    state: 'VALID',
    isCancelled: false,
    movedFromMs: null,
    code: 'code',
    ...ticket,
  }
}
