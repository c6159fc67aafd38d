import { DomainError } from '@greenroom/contract'

/**
 * Prices by category code, from `50000` (every category) and `VIP=150000` (one of them, which goes before). Refuses with
 * BAD_INPUT what is no price and what names no category.
 */
export function readPrices(
  given: string[],
  categories: string[],
): { categoryCode: number; priceMinor: number }[] {
  const prices = new Map<number, number>()
  // prices for all come first, so that a named one wins wherever it stands
  for (const text of given.toSorted((a, b) => Number(a.includes('=')) - Number(b.includes('=')))) {
    const [, name, amount] = /^(?:(.+)=)?(\d{1,12})$/.exec(text) ?? []
    if (amount === undefined) throw refuse(`"${text}" is neither 50000 nor VIP=150000`)
    const codes = name === undefined ? [...categories.keys()] : [categories.indexOf(name)]
    if (codes.includes(-1)) throw refuse(`there is no category "${name}" among ${categories.join(', ')}`)
    for (const code of codes) prices.set(code, Number(amount))
  }
  return [...prices].map(([categoryCode, priceMinor]) => ({ categoryCode, priceMinor }))
}

function refuse(message: string): DomainError {
  return new DomainError('BAD_INPUT', { faults: [{ path: '--price', message }] })
}
