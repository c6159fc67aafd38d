export { pay } from './pay.ts'
export { type HeldPaymentWish, payHeld, repeatHeldPayment } from './pay-held.ts'
export { listPayments, readPayment } from './queries.ts'
export { refund } from './refund.ts'
