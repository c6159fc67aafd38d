/**
 * The parts of the contract that run without zod: for pages that many load at once. Its types are those of the whole contract.
 */
export { DomainError, isDomainError, isRefusal, readWireError } from './domain-error.ts'
export { type ErrorCode, errorCodes } from './error-codes.ts'
export { estimateWait } from './estimate-wait.ts'
export { formatMoney, minorDigits } from './format-money.ts'
export { type SeatKind, seatKindOf } from './seat-kind.ts'
export { type PublishedDraw, verifyDraw } from './verify-draw.ts'
