export { checkLedger, type LedgerFault } from './check-ledger.ts'
export { type PayCommand, pay } from './pay.ts'
export { refund } from './refund.ts'
