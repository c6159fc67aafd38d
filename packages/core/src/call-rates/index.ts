export { openAddressSockets, tooManySockets } from './address-sockets.ts'
export type { RateClass } from './rate-class.ts'
export { countedAddress, requireRate } from './require-rate.ts'
