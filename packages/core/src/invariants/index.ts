export { checkEverything } from './check-everything.ts'
export { checkInvariants, type InvariantsChecked } from './check-invariants.ts'
export { readInvariants } from './queries.ts'
export { resumeSale } from './resume-sale.ts'
