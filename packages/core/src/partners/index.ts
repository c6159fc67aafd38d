export { auditPartnerCall } from './audit-partner-call.ts'
export { createPartnerKey } from './create-partner-key.ts'
export { listPartnerKeys } from './queries.ts'
export {
  type Partner,
  requirePartner,
  requirePartnerConcert,
  requirePartnerWallets,
} from './require-partner.ts'
export { revokePartnerKey } from './revoke-partner-key.ts'
