export { openAddressSockets, tooManySockets } from './address-sockets.ts'
export type { RateClass } from './rate-class.ts'
export { countedAs, networkShare } from './counted-address.ts'
export { requireRate } from './require-rate.ts'
