export { listFailedJobs, retryJob } from './failed-jobs.ts'
export { findFan } from './find-fan.ts'
export { openExport } from './open-export.ts'
export { readTimeline } from './read-timeline.ts'
