/**
 * The parts of the contract that run without zod: for pages that many load at once. Its types are those of the whole contract.
 */
export { conversionOf } from './conversion.ts'
export { decodeSeatGeometry } from './decode-seat-geometry.ts'
export { DomainError, isDomainError, isRefusal, readWireError } from './domain-error.ts'
export { type ErrorCode, errorCodes } from './error-codes.ts'
export { estimateWait } from './estimate-wait.ts'
export { formatMoney, minorDigits } from './format-money.ts'
export { maxAmountMinor } from './max-amount.ts'
export { maxSeatsPerPlan } from './geometry-layout.ts'
export { puzzleBits, puzzlesPerChallenge } from './puzzles.ts'
export { seatAt } from './seat-at.ts'
export { type SeatKind, seatKindOf } from './seat-kind.ts'
export { seatNameAt } from './seat-name.ts'
export { findSeatRuns, type SeatRuns, singleSeatsBeside } from './seat-runs.ts'
export { packSeatCodes, unpackSeatCodes } from './seat-snapshot.ts'
export { type SeatStatus, seatStatusCode, seatStatuses, seatStatusOf } from './seat-status-code.ts'
export { type PublishedDraw, verifyDraw } from './verify-draw.ts'
