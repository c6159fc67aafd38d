/** Where a device keeps tickets. What is there, kept-tickets.ts reads by their schema, which most pages do without. */
export const keptTicketsKey = 'greenroom.tickets'

/** Whether there is something, which may also be of a shape that nobody reads any more. */
export function hasKeptTickets(store: Pick<Storage, 'getItem'>): boolean {
  return store.getItem(keptTicketsKey) !== null
}

/** For a device that is handed on: another fan, or nobody. */
export function forgetTickets(store: Pick<Storage, 'removeItem'>): void {
  store.removeItem(keptTicketsKey)
}
