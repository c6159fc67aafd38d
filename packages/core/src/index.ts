export {
  bareSessionCookieName,
  changePassword,
  endSession,
  hashLoad,
  isSessionGood,
  listAuditActions,
  listSessions,
  readFan,
  readMe,
  searchAudit,
  type Session,
  type SessionCookie,
  deviceCookieName,
  deviceLifeMs,
  markDevice,
  sessionCookieOf,
  sessionLifeMs,
  signIn,
  signOut,
  signOutEverywhere,
  signUp,
  startSessionRevocations,
  watchSessions,
  updateMe,
  verifySession,
  verifySessionCookie,
} from './accounts/index.ts'
export {
  createBypassCode,
  listBypassCodes,
  revokeBypassCode,
  useBypassCode,
} from './bypass/index.ts'
export {
  openAddressSockets,
  type RateClass,
  requireRate,
  tooManySockets,
} from './call-rates/index.ts'
export {
  cancelShow,
  continueCancellation,
  listCancellations,
  retryCancellation,
  sweepCancellations,
} from './cancellations/index.ts'
export {
  createConcert,
  createShow,
  generateSeatPlan,
  importSeatPlan,
  maxSeatPlanBytes,
  parseSeatPlan,
  listConcerts,
  listFreeShows,
  readConcert,
  readGeometry,
  readSeatPlace,
  readShow,
  readStock,
  recallTitle,
} from './catalogue/index.ts'
export { findFan, listFailedJobs, openExport, readTimeline, retryJob } from './history/index.ts'
export {
  editConcert,
  keepSeatPlan,
  listEditorConcerts,
  listEditorPlans,
  makeConcert,
  makeShow,
  moveShow,
  previewSeatPlan,
  previewVenue,
  readEditorConcert,
  removeShow,
  setPrice,
} from './editor/index.ts'
export {
  checkEverything,
  checkInvariants,
  type InvariantsChecked,
  readInvariants,
  resumeSale,
} from './invariants/index.ts'
export { guardLine, inspectLineGuards } from './line-guards/index.ts'
export { createLoadWindow, type LoadWindow, readLoad, startLoadReports } from './load/index.ts'
export {
  type Backlog,
  isMetricsToken,
  type LineFigures,
  readBacklog,
  readLineFigures,
  readLiveSale,
  readSaleHistory,
  sampleSales,
} from './operations/index.ts'
export {
  auditPartnerCall,
  createPartnerKey,
  listPartnerKeys,
  type Partner,
  requirePartner,
  requirePartnerConcert,
  requirePartnerWallets,
  revokePartnerKey,
} from './partners/index.ts'
export {
  findPaymentsFor,
  type HeldPaymentWish,
  listPayments,
  pay,
  payHeld,
  readPayment,
  readPaymentDetails,
  refund,
  refundPayment,
  repeatHeldPayment,
} from './payments/index.ts'
export { addressGroup } from './platform/address-group.ts'
export { isDatabaseUp } from './platform/database.ts'
export { type JobDone } from './platform/start-worker.ts'
export { countJobs, type JobCounts } from './platform/jobs.ts'
export { originSetting, readPublicOrigin } from './platform/public-origin.ts'
export { readSettings } from './platform/read-settings.ts'
export { isRedisUp } from './platform/redis.ts'
export { runProcess } from './platform/run-process.ts'
export { inCall } from './platform/call-context.ts'
export { addressReader, requireProxySaid, trustedProxies } from './platform/caller-address.ts'
export { registerForwardedWords } from './platform/forwarded-words.ts'
export { closeDeps, type Deps, openDeps } from './platform/deps.ts'
export { hint } from './platform/hint.ts'
export { inTime } from './platform/in-time.ts'
export { listenBacklog } from './platform/listen-backlog.ts'
export { type CoreSettings, readCoreSettings } from './platform/env.ts'
export { startTracing } from './platform/start-tracing.ts'
export { failSpan, inSpan, isTracing, openSpan, readParent, sharedBy } from './platform/trace.ts'
export {
  deliverWebhookJob,
  jobs,
  listSchedules,
  openQueue,
  queueNames,
  scheduleJob,
  unscheduleJob,
} from './platform/jobs.ts'
export { migrate } from './platform/migrate.ts'
export { outageOf } from './platform/outage.ts'
export { parseJson } from './platform/parse-json.ts'
export { registerProcessMetrics } from './platform/process-metrics.ts'
export { readTally, type Tally } from './platform/tally.ts'
export { registerTally } from './platform/tally-metrics.ts'
export { withoutStack } from './platform/without-stack.ts'
export { isOwnOrigin } from './platform/own-origin.ts'
export { handleJob, type JobHandler, startWorker } from './platform/start-worker.ts'
export {
  expireDueHolds,
  expireReservations,
  holdBestSeats,
  holdSeats,
  listLiveHolds,
  listReservations,
  readReservation,
  releaseReservation,
} from './reservations/index.ts'
export { type Forgotten, prune } from './retention/index.ts'
export {
  createRedisClock,
  followSeatStream,
  mergeEntries,
  openSeatMirror,
  readChangesSince,
  readSeatChanges,
  readSeatList,
  readSeatPosition,
  readSeatSnapshot,
  requireView,
  readSeatStates,
  relayOutbox,
  type SeatEntry,
  type SeatMirror,
} from './seating/index.ts'
export {
  admitTicket,
  listTickets,
  readGateCount,
  readTicket,
  readTicketKeys,
  scanTicket,
} from './tickets/index.ts'
export {
  admit,
  admitStaff,
  copyLineHistories,
  enterSale,
  followLines,
  joinLine,
  leaveLine,
  type LineEvent,
  type LineListener,
  listLines,
  readAdmissionPace,
  readEntry,
  readEntryToken,
  readLineStatus,
  readProgress,
  requireNotWaiting,
  requirePass,
  requireTurn,
  rescheduleLine,
  steerLine,
  tellLine,
  takePlace,
  type TakenPlace,
  tuneLine,
  type Turn,
  watchEntry,
} from './waiting-room/index.ts'
export { charge, readBalance, readStatement } from './wallet/index.ts'
export {
  deliverWebhook,
  feedDataPlatform,
  handOutDeliveries,
  listWebhookDeliveries,
  listWebhooks,
  listWebhooksOn,
  registerWebhook,
  relayEvents,
  removeWebhook,
  replayDeadWebhooks,
  replayWebhook,
  rotateWebhookSecret,
  sendTestWebhook,
  switchWebhook,
} from './webhooks/index.ts'
