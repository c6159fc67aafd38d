/**
 * What is special about a category's seats. `accessible`: room for a wheelchair; `companion`: the seat beside one;
 * `restricted`: part of the stage is hidden; `standing`: a place in a crowd, numbered and without a seat.
 */
export type SeatKind = 'accessible' | 'companion' | 'restricted' | 'standing'

const signs: readonly (readonly [SeatKind, RegExp])[] = [
  ['companion', /companion|carer|동반/i],
  ['accessible', /wheelchair|accessible|휠체어|장애인/i],
  ['restricted', /(restricted|obstructed|limited) view|시야\s*제한/i],
  ['standing', /\bstanding|general admission|스탠딩/i],
]

/**
 * What a category's name says of its seats; `undefined` for usual ones. Seat plans have no other place to say it in: whoever
 * draws one names a category `Wheelchair`, `Companion`, `Restricted view` or `Standing`, with or without more words around it.
 */
export function seatKindOf(categoryName: string): SeatKind | undefined {
  return signs.find(([, sign]) => sign.test(categoryName))?.[0]
}
