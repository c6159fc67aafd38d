import type { FindFanInput } from '@greenroom/contract'

export const findBys = [
  'email',
  'reservation',
  'ticket',
  'payment',
  'fan',
] as const satisfies FindFanInput['by'][]

export type FansSearch = { by?: FindFanInput['by']; of?: string }

/** Whom the page is about, from the address; what names nobody is left out. A number in it arrives as one. */
export function parseFansSearch(search: Record<string, unknown>): FansSearch {
  const by = findBys.find((each) => each === search['by'])
  const given = search['of']
  const of = typeof given === 'string' || typeof given === 'number' ? String(given).trim() : ''
  return by === undefined || of === '' || of.length > 254 ? {} : { by, of }
}
