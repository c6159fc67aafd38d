export type {
  ChargeEvent,
  EnterEvent,
  FinalPayment,
  FinalReservation,
  FinalState,
  HistoryEvent,
  HoldEvent,
  JoinEvent,
  LeaveEvent,
  LinePlace,
  MapEvent,
  PayEvent,
  PlaceEvent,
  RefundEvent,
  ReleaseEvent,
  SeatStatusShown,
} from './history/history-event.ts'
export type { SqlOracle } from './sql/sql-oracle.ts'
export { cheapSqlOracles, sqlOracles } from './sql/sql-oracles.ts'
export type { Violation } from './violation.ts'
