/** The id that a part of an address names; `undefined` where it names no possible one. */
export function readId<Id extends number>(raw: string): Id | undefined {
  const id = /^[1-9]\d*$/.test(raw) ? Number(raw) : Number.NaN
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a positive integer, which is all that the brand says
  return Number.isSafeInteger(id) ? (id as Id) : undefined
}
