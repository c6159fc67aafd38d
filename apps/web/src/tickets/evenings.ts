import type { Ticket } from '@greenroom/contract'

/** All of one fan's tickets for one show. */
export type Evening = { show: Ticket; tickets: Ticket[] }

/** Long enough after its start that nobody stands at the gate any more. */
const overAfterMs = 12 * 3_600_000

/**
 * Tickets by show, of each first those that open the gate, then those that did, then those that never will. Ahead, soonest
 * first: what can still be gone to. Behind, latest first: what was, and what was given back whole.
 */
export function groupEvenings(
  tickets: readonly Ticket[],
  nowMs: number,
): { ahead: Evening[]; behind: Evening[] } {
  const evenings = [...Map.groupBy(tickets, (ticket) => ticket.showId).values()].flatMap((group) => {
    const ordered = group.toSorted(
      (a, b) => rankOf(a) - rankOf(b) || a.seatId - b.seatId || a.ticketId - b.ticketId,
    )
    const [show] = ordered
    return show === undefined ? [] : [{ show, tickets: ordered }]
  })
  const isAhead = ({ show, tickets: group }: Evening): boolean =>
    show.startsAtMs + overAfterMs > nowMs && group.some(isGood)
  return {
    ahead: evenings.filter(isAhead).toSorted((a, b) => a.show.startsAtMs - b.show.startsAtMs),
    behind: evenings
      .filter((evening) => !isAhead(evening))
      .toSorted((a, b) => b.show.startsAtMs - a.show.startsAtMs),
  }
}

/** The tickets of the same evening that are good, the given one among them whatever it is. */
export function partyOf(ticket: Ticket, tickets: readonly Ticket[]): Ticket[] {
  const others = tickets.filter(
    (each) => each.showId === ticket.showId && each.ticketId !== ticket.ticketId && isGood(each),
  )
  return [ticket, ...others].toSorted((a, b) => a.seatId - b.seatId || a.ticketId - b.ticketId)
}

/** 0: it opens a gate; 1: it did; 2: it does not. */
function rankOf(ticket: Ticket): number {
  if (!isGood(ticket)) return 2
  return ticket.state === 'VALID' ? 0 : 1
}

/** It opens a gate, or did. */
function isGood({ state, isCancelled }: Ticket): boolean {
  return state !== 'VOID' && !isCancelled
}
