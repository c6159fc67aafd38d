/**
 * What decides, without a process round it: for programs that drive the core against stores of their own, as the
 * deterministic simulation does. Products import from the package itself.
 */
export { adoptQueue, jobs } from './platform/jobs.ts'
export { openDeps } from './platform/deps.ts'
export { readLuaSource } from './platform/lua-script.ts'
export { outageOf } from './platform/outage.ts'
export {
  applyEntry,
  type MirroredShow,
  mirrorShow,
  snapshotOf,
} from './seating/mirrored-show.ts'
export { readTouchedSeats } from './seating/seat-store.ts'
export { readEntriesAfter } from './seating/stream-store.ts'
export { type Place, placeOf, scoreOf } from './waiting-room/place.ts'
export { readPass, readReceipt } from './waiting-room/tokens.ts'
