export { createBypassCode } from './create-bypass-code.ts'
export { listBypassCodes } from './queries.ts'
export { revokeBypassCode } from './revoke-bypass-code.ts'
export { useBypassCode } from './use-bypass-code.ts'
