export { checkLedger } from './check-ledger.ts'
export { pay } from './pay.ts'
export { refund } from './refund.ts'
