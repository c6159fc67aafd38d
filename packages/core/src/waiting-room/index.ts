export { admit } from './admit.ts'
export { admitStaff, letInPastLine } from './admit-staff.ts'
export { closeLine } from './close-line.ts'
export { closeWithLastShow } from './close-with-last-show.ts'
export { copyLineHistories, copyLineHistory } from './copy-line-history.ts'
export { enterSale } from './enter-sale.ts'
export { forgetEndedLines } from './forget-ended-lines.ts'
export { inspectLine } from './inspect-line.ts'
export { isTurnSpent } from './is-turn-spent.ts'
export { joinLine } from './join-line.ts'
export { readAdmissionPace } from './keep-pace.ts'
export { leaveLine } from './leave-line.ts'
export { isOpenedEarly, type Line, type LineTimes, linePhaseOf } from './line.ts'
export { followLines, type LineEvent, type LineListener } from './line-events-store.ts'
export { fixedPartsOf } from './line-clock.ts'
export { rebuildLine } from './line-script-store.ts'
export { lockLineRow } from './line-store.ts'
export { openLine } from './open-line.ts'
export { pinPass, unpinPass } from './pin-pass.ts'
export {
  listLines,
  readEntry,
  readIsAdmitting,
  readLineStatus,
  readProgress,
  readSteering,
} from './queries.ts'
export { readEntryToken } from './read-entry-token.ts'
export { type Place, scoreOf } from './place.ts'
export { forgetLine, readLine } from './recent-line.ts'
export { rescheduleLine } from './reschedule-line.ts'
export { requirePass, requirePassToHold } from './require-pass.ts'
export { requireTurn, type Turn } from './require-turn.ts'
export { freeSlot, freeSpentSlot, markPassSpent } from './spend-pass.ts'
export { requireNotWaiting } from './still-waiting.ts'
export { steerLine, tuneLine } from './steer-line.ts'
export { takePlace, type TakenPlace } from './take-place.ts'
export { tellLine } from './tell-line.ts'
export { watchEntry } from './watch-entry.ts'
