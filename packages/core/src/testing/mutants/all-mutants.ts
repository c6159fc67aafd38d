import { accountMutants } from './account-mutants.ts'
import { addressSocketMutants } from './address-socket-mutants.ts'
import { appLoginMutants } from './app-login-mutants.ts'
import { bypassMutants } from './bypass-mutants.ts'
import { cancellationMutants } from './cancellation-mutants.ts'
import { chargeTogetherMutants } from './charge-together-mutants.ts'
import { clientMutants } from './client-mutants.ts'
import { editorMutants } from './editor-mutants.ts'
import { freeHoldMutants } from './free-hold-mutants.ts'
import { historyMutants } from './history-mutants.ts'
import { holdEndMutants } from './hold-end-mutants.ts'
import { holdMutants } from './hold-mutants.ts'
import { inspectMutants } from './inspect-mutants.ts'
import { lineGuardMutants } from './line-guard-mutants.ts'
import { lineMutants } from './line-mutants.ts'
import { lockMutants } from './lock-mutants.ts'
import type { Mutant } from './mutant.ts'
import { operatorMutants } from './operator-mutants.ts'
import { otherTableMutants } from './other-table-mutants.ts'
import { partnerMutants } from './partner-mutants.ts'
import { passMutants } from './pass-mutants.ts'
import { payTogetherMutants } from './pay-together-mutants.ts'
import { paymentMutants } from './payment-mutants.ts'
import { refundMutants } from './refund-mutants.ts'
import { sampleMutants } from './sample-mutants.ts'
import { saleTableMutants } from './sale-table-mutants.ts'
import { seatingMutants } from './seating-mutants.ts'
import { sessionCookieMutants } from './session-cookie-mutants.ts'
import { ticketMutants } from './ticket-mutants.ts'
import { walletMutants } from './wallet-mutants.ts'
import { webhookMutants } from './webhook-mutants.ts'

/** Every guard that has a negative control, feature by feature. */
export const allMutants: readonly Mutant[] = [
  ...freeHoldMutants,
  ...holdMutants,
  ...holdEndMutants,
  ...walletMutants,
  ...paymentMutants,
  ...payTogetherMutants,
  ...chargeTogetherMutants,
  ...refundMutants,
  ...ticketMutants,
  ...cancellationMutants,
  ...editorMutants,
  ...lineMutants,
  ...lineGuardMutants,
  ...bypassMutants,
  ...historyMutants,
  ...sampleMutants,
  ...inspectMutants,
  ...passMutants,
  ...seatingMutants,
  ...clientMutants,
  ...webhookMutants,
  ...partnerMutants,
  ...accountMutants,
  ...operatorMutants,
  ...sessionCookieMutants,
  ...addressSocketMutants,
  ...appLoginMutants,
  ...lockMutants,
  ...saleTableMutants,
  ...otherTableMutants,
]
