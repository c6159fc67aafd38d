export {
  checkSeatRegisters,
  seenFromOutside,
  type SeatRegisterOptions,
} from './history/check-seat-registers.ts'
export type {
  ChargeEvent,
  EnterEvent,
  FinalPayment,
  FinalReservation,
  FinalState,
  HistoryEvent,
  HistoryFacts,
  HoldEvent,
  JoinEvent,
  LeaveEvent,
  LinePlace,
  MapEvent,
  PayEvent,
  PlaceEvent,
  RefundEvent,
  ReleaseEvent,
} from './history/history-event.ts'
export { checkAdmissionOrder, checkJoinOrder } from './history/check-line-order.ts'
export { checkMaps } from './history/check-maps.ts'
export { checkLine, lineOracles, type LineReading } from './line/check-line.ts'
export { checkHistory, type HistoryOracle, historyOracles } from './history/history-oracles.ts'
export { listAsked } from './history/list-asked.ts'
export { type ReadRows, readFinalState } from './history/read-final-state.ts'
export type { SqlOracle } from './sql/sql-oracle.ts'
export { cheapSqlOracles, sqlOracles } from './sql/sql-oracles.ts'
export type { Violation } from './violation.ts'
