export { crowdDefaults, type CrowdOptions } from './crowd-options.ts'
export { type CrowdReport, findBroken, formatReport } from './crowd-report.ts'
export { runCrowd } from './run-crowd.ts'
export { readPlaceKey } from './place-key.ts'
