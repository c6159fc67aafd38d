export { allFaults } from './faults/all-faults.ts'
export { type ProofRun, prove } from './prove.ts'
export { isProven, makeReport, type ProofReport } from './report/proof-report.ts'
export { startWorld, type World } from './world/start-world.ts'
